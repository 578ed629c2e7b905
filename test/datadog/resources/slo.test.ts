// SPDX-License-Identifier: Apache-2.0
import { Duration, Stack } from 'aws-cdk-lib';
import { accountIn, customResources, definitionIn, newStack } from './fixture';
import {
  DatadogComparator, DatadogMonitor, DatadogMonitorType, DatadogSli, DatadogSlo, DatadogSloProps, DatadogSloThreshold, DatadogSloTimeframe,
} from '../../../lib/datadog';

const METRIC = DatadogSli.metric({ numerator: 'sum:good{*}.as_count()', denominator: 'sum:all{*}.as_count()' });
const WEEK: DatadogSloThreshold = { timeframe: DatadogSloTimeframe.SEVEN_DAYS, target: 99.9 };

function sloIn(stack: Stack, props: Partial<DatadogSloProps> = {}): DatadogSlo {
  return new DatadogSlo(stack, 'Slo', { datadog: accountIn(stack), name: 'Checkout', sli: METRIC, thresholds: [WEEK], ...props });
}

function definitionOf(props: Partial<DatadogSloProps> = {}): any {
  const stack = newStack();
  sloIn(stack, props);
  return definitionIn(stack, 'Custom::DatadogSlo');
}

function monitorIn(stack: Stack, id: string): DatadogMonitor {
  return new DatadogMonitor(stack, id, {
    datadog: accountIn(stack, {}, `${id}Keys`), name: id, type: DatadogMonitorType.METRIC, query: 'avg(last_5m):avg:x{*} by {env} > 1',
  });
}

test('an objective of metrics is the share of good events', () => {
  expect(definitionOf({ description: 'Pays', tags: ['team:shop'], thresholds: [{ ...WEEK, warning: 99.95 }] })).toEqual({
    name: 'Checkout',
    description: 'Pays',
    tags: ['team:shop'],
    type: 'metric',
    query: { numerator: 'sum:good{*}.as_count()', denominator: 'sum:all{*}.as_count()' },
    thresholds: [{ timeframe: '7d', target: 99.9, warning: 99.95 }],
  });
});

test('an objective of monitors holds their ids, as numbers', () => {
  const stack = newStack();
  sloIn(stack, { sli: DatadogSli.monitors(monitorIn(stack, 'A'), DatadogMonitor.fromMonitorId(stack, 'B', 12)) });
  const [{ definition, properties }] = customResources(stack, 'Custom::DatadogSlo');
  expect(definition).toMatchObject({ type: 'monitor', monitor_ids: [4711, 12] });
  expect(properties).toMatchObject({ Kind: 'slo', OnDelete: 'delete' });
  expect(JSON.stringify(properties.Definition)).toContain('"Fn::GetAtt":["ACustomResource');
});

test('an objective of groups of a monitor names them', () => {
  const stack = newStack();
  sloIn(stack, { sli: DatadogSli.monitorGroups(monitorIn(stack, 'A'), ['env:prod']) });
  expect(definitionIn(stack, 'Custom::DatadogSlo')).toMatchObject({ type: 'monitor', monitor_ids: [4711], groups: ['env:prod'] });
});

test('an objective of time slices compares a metric', () => {
  const sli = DatadogSli.timeSlice({
    queries: { latency: 'p95:trace.web.request{*}' }, comparator: DatadogComparator.LESS_THAN, threshold: 0.5, interval: Duration.minutes(1),
  });
  expect(definitionOf({ sli })).toMatchObject({
    type: 'time_slice',
    sli_specification: {
      time_slice: {
        query: { formulas: [{ formula: 'latency' }], queries: [{ data_source: 'metrics', name: 'latency', query: 'p95:trace.web.request{*}' }] },
        comparator: '<',
        threshold: 0.5,
        query_interval_seconds: 60,
      },
    },
  });
});

test('an objective of time slices may compute something, with queries in the order of their names', () => {
  const sli = DatadogSli.timeSlice({
    queries: { hits: 'sum:hits{*}', errors: 'sum:errors{*}' }, formula: 'errors / hits', comparator: DatadogComparator.LESS_THAN_OR_EQUAL, threshold: 0.01,
  });
  const { query } = definitionOf({ sli }).sli_specification.time_slice;
  expect(query.formulas).toEqual([{ formula: 'errors / hits' }]);
  expect(query.queries.map(({ name }: { name: string }) => name)).toEqual(['errors', 'hits']);
});

test('an objective has an id and a page, and a monitor may watch its error budget', () => {
  const stack = newStack();
  const slo = sloIn(stack);
  expect(stack.resolve(slo.sloUrl)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Slo/), 'Url'] });
  new DatadogMonitor(stack, 'Budget', {
    datadog: accountIn(stack, {}, 'BudgetKeys'),
    name: 'Budget',
    type: DatadogMonitorType.SLO,
    query: `error_budget("${slo.sloId}").over("7d") > 75`,
    thresholds: { warning: 50 },
  });
  expect(definitionIn(stack, 'Custom::DatadogMonitor')).toMatchObject({
    query: 'error_budget("4711").over("7d") > 75', options: { thresholds: { critical: 75, warning: 50 } },
  });
});

test.each<[string, Partial<DatadogSloProps>, string]>([
  ['no target', { thresholds: [] }, "'thresholds' must hold at least one timeframe with its target, got: none"],
  ['a target of nothing', { thresholds: [{ ...WEEK, target: 0 }] }, "'thresholds[0].target' must be a percentage above 0 and at most 100, got: 0"],
  ['a target above 100', { thresholds: [{ ...WEEK, target: 101 }] }, "'thresholds[0].target' must be a percentage"],
  ['a warning below the target', { thresholds: [{ ...WEEK, warning: 99 }] }, "'thresholds[0].warning' must be above the target (99.9), got: 99"],
  ['a timeframe twice', { thresholds: [WEEK, WEEK] }, "'thresholds[1].timeframe' must differ from that of the other thresholds, got: '7d' again"],
  ['a timeframe that there is not', { thresholds: [{ ...WEEK, timeframe: 'custom' as DatadogSloTimeframe }] }, 'must be one of 7d, 30d, 90d, got: \'custom\''],
  ['no name', { name: '' }, "'name' must be a text"],
  ['a field that the indicator says', { additionalFields: { query: {} } }, "'additionalFields.query' must not be given beside 'sli'"],
  ['an id of another kind', { adoptId: 'no id' }, "'adoptId' must be an id such as"],
])('refuses %s', (_what, props, message) => {
  const stack = newStack();
  expect(() => sloIn(stack, props)).toThrow(message);
  expect(stack.node.tryFindChild('Slo')).toBeUndefined();
});

test('refuses indicators that measure nothing', () => {
  const slice = { comparator: DatadogComparator.LESS_THAN, threshold: 1 };
  const monitor = DatadogMonitor.fromMonitorId(newStack(), 'M', 1);
  expect(() => DatadogSli.monitors()).toThrow("'monitors' must hold at least one monitor, got: none");
  expect(() => DatadogSli.monitorGroups(monitor, [])).toThrow("'groups' must hold 1 to 100 groups, got: 0");
  expect(() => DatadogSli.timeSlice({ ...slice, queries: {} })).toThrow("'formula' must say what is computed of the queries, got: none with 0 queries");
  expect(() => DatadogSli.timeSlice({ ...slice, queries: { a: 'x', b: 'y' } })).toThrow('got: none with 2 queries');
  expect(() => DatadogSli.timeSlice({ ...slice, queries: { a: 'x' }, interval: Duration.minutes(2) })).toThrow("'interval' must be one or five minutes, got: 2 minutes");
  expect(() => DatadogSli.metric({ numerator: '', denominator: 'x' })).toThrow("'numerator' must be a text");
});

test('an exported objective keeps all but what Datadog sets itself', () => {
  const stack = newStack();
  DatadogSlo.fromJson(stack, 'Slo', {
    datadog: accountIn(stack),
    json: {
      id: 'abc',
      name: 'Checkout',
      description: null,
      type: 'monitor',
      monitor_ids: [1],
      groups: null,
      tags: ['a:b', 'cloudformation_resource:stack/slo/0123456789abcdef', 'cloudformation_request:0123456789abcdef'],
      monitor_tags: ['c:d'],
      thresholds: [{ timeframe: '30d', target: 99, target_display: '99.', warning: 99.5, warning_display: '99.5' }],
      creator: { email: 'x' },
      created_at: 1,
      modified_at: 2,
      timeframe: '30d',
      target_threshold: 99,
    },
  });
  expect(definitionIn(stack, 'Custom::DatadogSlo')).toEqual({
    name: 'Checkout',
    type: 'monitor',
    monitor_ids: [1],
    tags: ['a:b'],
    thresholds: [{ timeframe: '30d', target: 99, warning: 99.5 }],
    timeframe: '30d',
    target_threshold: 99,
  });
  expect(() => DatadogSlo.fromJson(stack, 'None', { datadog: accountIn(stack, {}, 'K'), json: {} })).toThrow("'json.type' must be a text that is not empty, got: undefined");
});

test('an imported objective is known by its id', () => {
  expect(DatadogSlo.fromSloId(newStack(), 'Slo', 'abc').sloId).toBe('abc');
  expect(() => DatadogSlo.fromSloId(newStack(), 'Slo', '')).toThrow("'sloId' must be a text");
});
