// SPDX-License-Identifier: Apache-2.0
import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { accountIn, newStack } from './fixture';
import {
  DatadogAccount, DatadogBackend, DatadogComparator, DatadogDowntime, DatadogDowntimeSchedule, DatadogMissingData, DatadogMonitor,
  DatadogMonitorProps, DatadogMonitorType, DatadogSli, DatadogSlo, DatadogSloTimeframe, MonitorExpression,
} from '../../../lib/datadog';

const backend = DatadogBackend.cloudFormationTypes();
const QUERY = 'avg(last_5m):avg:system.cpu.user{*} > 90';

/** Without an application key: it is in the configuration of the type. */
function datadogIn(stack: Stack, id = 'Keys'): DatadogAccount {
  return new DatadogAccount({ apiKey: accountIn(stack, {}, id).apiKey });
}

function monitorIn(stack: Stack, props: Partial<DatadogMonitorProps> = {}, id = 'Cpu'): DatadogMonitor {
  const datadog = datadogIn(stack, `${id}Keys`);
  return new DatadogMonitor(stack, id, { datadog, backend, name: 'CPU', type: DatadogMonitorType.METRIC, query: QUERY, ...props });
}

function propertiesIn(stack: Stack, type: string): any {
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources(type));
  return Properties;
}

test('a monitor is the public type, and nothing else is made', () => {
  const stack = newStack();
  monitorIn(stack, {
    message: '@slack-ops',
    tags: ['team:shop'],
    priority: 2,
    restrictedRoles: ['role'],
    thresholds: { warning: 80, ok: 1 },
    evaluationDelay: Duration.minutes(15),
    newGroupDelay: Duration.minutes(1),
    onMissingData: DatadogMissingData.RESOLVE,
    renotifyInterval: Duration.hours(1),
    escalationMessage: 'still',
    options: {
      timeout_h: 1,
      synthetics_check_id: 12,
      no_data_timeframe: null,
      scheduling_options: { evaluation_window: { hour_starts: 0 } },
      variables: [{ data_source: 'logs', name: 'a', compute: { aggregation: 'count' }, search: { query: 'x' }, group_by: [{ facet: 'env', sort: { order: 'asc' } }] }],
    },
  });
  const template = Template.fromStack(stack);
  expect(Object.values(template.toJSON().Resources).map(({ Type }: any) => Type)).toEqual(['Datadog::Monitors::Monitor']);
  expect(propertiesIn(stack, 'Datadog::Monitors::Monitor')).toEqual({
    Name: 'CPU',
    Type: 'query alert',
    Query: QUERY,
    Message: '@slack-ops',
    Tags: ['team:shop'],
    Priority: 2,
    RestrictedRoles: ['role'],
    Options: {
      Thresholds: { Critical: 90, Warning: 80, OK: 1 },
      EvaluationDelay: 900,
      NewGroupDelay: 60,
      OnMissingData: 'resolve',
      RenotifyInterval: 60,
      EscalationMessage: 'still',
      TimeoutH: 1,
      SyntheticsCheckID: 12,
      SchedulingOptions: { EvaluationWindow: { HourStarts: 0 } },
      Variables: [
        { DataSource: 'logs', Name: 'a', Compute: { Aggregation: 'count' }, Search: { Query: 'x' }, GroupBy: [{ Facet: 'env', Sort: { Order: 'asc' } }] },
      ],
    },
  });
});

test('composites, objectives and downtimes refer to monitors, also of another stack', () => {
  const app = new App();
  const [first, second] = ['First', 'Second'].map((id) => newStack(id, app));
  const monitor = monitorIn(first);
  const datadog = datadogIn(second);
  DatadogMonitor.composite(second, 'Composite', { datadog, backend, name: 'Not', expression: MonitorExpression.of(monitor).not() });
  new DatadogSlo(second, 'Slo', {
    datadog, backend, name: 'Up', sli: DatadogSli.monitors(monitor), thresholds: [{ timeframe: DatadogSloTimeframe.SEVEN_DAYS, target: 99 }],
  });
  const schedule = DatadogDowntimeSchedule.recurring({ recurrences: [{ rrule: 'FREQ=DAILY', duration: Duration.hours(1) }] });
  new DatadogDowntime(second, 'Downtime', { datadog, backend, monitor, schedule, muteFirstRecoveryNotification: true });
  app.synth();
  const id = { 'Fn::ImportValue': expect.stringMatching(/^First:ExportsOutputFnGetAttCpuCloudFormationType/) };
  expect(propertiesIn(second, 'Datadog::Monitors::Monitor').Query).toEqual({ 'Fn::Join': ['', ['!', id]] });
  expect(propertiesIn(second, 'Datadog::SLOs::SLO')).toEqual({ Name: 'Up', Type: 'monitor', MonitorIds: [id], Thresholds: [{ Timeframe: '7d', Target: 99 }] });
  expect(propertiesIn(second, 'Datadog::Monitors::DowntimeSchedule')).toEqual({
    Scope: '*', MonitorIdentifier: { MonitorId: id }, MuteFirstRecoveryNotification: true, Schedule: { Recurrences: [{ Rrule: 'FREQ=DAILY', Duration: '60m' }] },
  });
});

test.each<[string, Partial<DatadogMonitorProps>, string]>([
  ['an unknown option', { options: { notify_audits: true } }, 'Datadog::Monitors::Monitor cannot express: options.notify_audits.'],
  ['a threshold of unknown', { thresholds: { unknown: 1 } }, 'cannot express: options.thresholds.unknown.'],
  ['a custom schedule', { options: { on_missing_data: 'default', scheduling_options: { custom_schedule: {} } } }, 'options.scheduling_options.custom_schedule.'],
  ['a newer preset', { options: { notification_preset_name: 'show_only_snapshot' } }, "options.notification_preset_name: 'show_only_snapshot'."],
  ['a newer type', { type: DatadogMonitorType.of('network-path alert') }, "type: 'network-path alert'."],
  ['a field of the monitor', { additionalFields: { draft_status: 'draft' } }, 'draft_status.'],
  ['a field in a list', { options: { variables: [{ data_source: 'logs', name: 'a', compute: { aggregation: 'count' }, cost: 1 }] } }, 'options.variables[0].cost.'],
  ['adoption', { adoptId: '12' }, 'cannot express: adoptId (`cdk import` does it).'],
  ['several things, all of them', { adoptId: '12', additionalFields: { assets: [] }, thresholds: { unknown: 1 } }, 'adoptId (`cdk import` does it), assets, options.thresholds.unknown. Use DatadogBackend.customResource()'],
])('what the type cannot express is an error before anything is made: %s', (_what, props, message) => {
  const stack = newStack();
  expect(() => monitorIn(stack, props)).toThrow(message);
  expect(stack.node.tryFindChild('Cpu')).toBeUndefined();
});

test('there are no time slices', () => {
  const stack = newStack();
  const sli = DatadogSli.timeSlice({ queries: { a: 'avg:x{*}' }, comparator: DatadogComparator.LESS_THAN, threshold: 1 });
  expect(() => new DatadogSlo(stack, 'Slo', {
    datadog: datadogIn(stack), backend, name: 'Up', sli, thresholds: [{ timeframe: DatadogSloTimeframe.SEVEN_DAYS, target: 99 }],
  })).toThrow("Datadog::SLOs::SLO cannot express: sli_specification, type: 'time_slice'. Use DatadogBackend.customResource()");
});

test('the page of an object is not known', () => {
  expect(() => monitorIn(newStack()).monitorUrl).toThrow("'monitorUrl' needs DatadogBackend.customResource()");
});

test('an object may outlive its stack', () => {
  const stack = newStack();
  monitorIn(stack, { removalPolicy: RemovalPolicy.RETAIN });
  monitorIn(stack, {}, 'Other');
  const policies = Object.values(Template.fromStack(stack).findResources('Datadog::Monitors::Monitor')).map(({ DeletionPolicy }) => DeletionPolicy);
  expect(policies).toEqual(['Retain', 'Delete']);
});

test('another backend is another logical id, since a resource cannot change its type', () => {
  const [custom, type] = [undefined, backend].map((which) => {
    const stack = newStack();
    monitorIn(stack, { backend: which, datadog: accountIn(stack) });
    return Object.entries(Template.fromStack(stack).toJSON().Resources).find(([id]) => id.startsWith('Cpu'))![0];
  });
  expect(custom).not.toBe(type);
});
