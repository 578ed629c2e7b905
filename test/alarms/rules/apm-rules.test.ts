// SPDX-License-Identifier: Apache-2.0
import { Duration, Lazy } from 'aws-cdk-lib';
import { AlertRule, AnomalySeasonality, ApmAlertRule, ApmSignal } from '../../../lib/alarms';
import { render } from '../fixture';

const SPAN = { env: 'prod', operation: 'servlet.request' };
const OF_ALL = '{env:prod} by {service}';
const OF_WEB = '{env:prod,service:web} by {service}';

test.each([
  ['errorRate', ApmAlertRule.errorRate(SPAN),
    `sum(last_10m):(sum:trace.servlet.request.errors${OF_ALL}.as_count() / sum:trace.servlet.request.hits${OF_ALL}.as_count()) * 100 > 5`],
  ['errorRate of one service', ApmAlertRule.errorRate({ ...SPAN, service: 'Web', above: 1, within: Duration.hours(1) }),
    `sum(last_1h):(sum:trace.servlet.request.errors${OF_WEB}.as_count() / sum:trace.servlet.request.hits${OF_WEB}.as_count()) * 100 > 1`],
  ['latency, in seconds', ApmAlertRule.latency({ ...SPAN, above: Duration.millis(800) }), `percentile(last_10m):p95:trace.servlet.request${OF_ALL} > 0.8`],
  ['latency of another percentile', ApmAlertRule.latency({ ...SPAN, above: Duration.seconds(2), percentile: 99, within: Duration.minutes(5) }),
    `percentile(last_5m):p99:trace.servlet.request${OF_ALL} > 2`],
  ['requestRate', ApmAlertRule.requestRate({ ...SPAN, service: 'web', below: 0.5 }),
    `avg(last_10m):default_zero(sum:trace.servlet.request.hits${OF_WEB}.as_rate()) < 0.5`],
])('%s', (_name, rule, query) => {
  const { monitor, alarms } = render(rule);
  expect(monitor).toMatchObject({ type: 'query alert', query });
  expect(monitor.options).not.toHaveProperty('evaluation_delay');
  expect(monitor.name).toMatch(/ in service \{\{service\.name\}\} of environment prod$/);
  expect(alarms.alarms).toEqual([]);
});

describe('anomaly', () => {
  test('has the same window in query and options, and recovers when none is left', () => {
    const { monitor } = render(ApmAlertRule.anomaly({ ...SPAN, signal: ApmSignal.REQUESTS }));
    expect(monitor.query).toBe(`avg(last_75m):anomalies(sum:trace.servlet.request.hits${OF_ALL}.as_count(), 'agile', 3, direction='both', alert_window='last_15m', `
      + "interval=60, count_default_zero='true', seasonality='weekly') >= 1");
    expect(monitor.options).toMatchObject({
      thresholds: { critical: 1, critical_recovery: 0 },
      threshold_windows: { trigger_window: 'last_15m', recovery_window: 'last_15m' },
    });
  });

  test.each([
    [ApmSignal.ERRORS, `anomalies(sum:trace.servlet.request.errors${OF_ALL}.as_count(), 'agile', 2, direction='above', alert_window='last_1h'`],
    [ApmSignal.LATENCY, `anomalies(p95:trace.servlet.request${OF_ALL}, 'agile', 2, direction='above', alert_window='last_1h'`],
  ])('of %s is above what is expected', (signal, query) => {
    const rule = ApmAlertRule.anomaly({ ...SPAN, signal, deviations: 2, longerThan: Duration.hours(1), seasonality: AnomalySeasonality.DAILY });
    expect(render(rule).monitor.query).toContain(`avg(last_5h):${query}`);
    expect(render(rule).monitor.query).toContain("seasonality='daily') >= 1");
  });

  test.each([
    [Duration.minutes(14), "'longerThan' must be at least 15 minutes for an anomaly monitor, got: 14 minutes"],
    [Duration.minutes(2017), "'longerThan' must be at most 2016 minutes, got: "],
  ])('has no window of %s', (longerThan, message) => {
    expect(() => render(ApmAlertRule.anomaly({ ...SPAN, signal: ApmSignal.ERRORS, longerThan }))).toThrow(message);
  });
});

describe('watchdog', () => {
  test('counts findings, each by itself', () => {
    const { monitor, alarms } = render(ApmAlertRule.watchdog({ env: 'prod' }));
    expect(monitor).toMatchObject({
      type: 'event-v2 alert',
      name: 'Watchdog found unusual requests, errors or latency in environment prod',
      query: 'events("source:watchdog (story_category:apm) env:prod").rollup("count").by("story_key").last("30m") > 0',
      options: { thresholds: { critical: 0 }, on_missing_data: 'default' },
    });
    expect(alarms.alarms).toEqual([]);
  });

  test('of one service, within another time', () => {
    const { monitor } = render(ApmAlertRule.watchdog({ env: 'prod-1', service: 'web', within: Duration.hours(2) }));
    expect(monitor.query).toBe('events("source:watchdog (story_category:apm) env:\\"prod-1\\" service:web").rollup("count").by("story_key").last("2h") > 0');
  });

  test('keeps a finding for two days at most', () => {
    expect(() => render(ApmAlertRule.watchdog({ env: 'prod', within: Duration.days(3) }))).toThrow("'within' must be at most 2880 minutes, got: 3 days");
  });
});

test('silence: no request is too few, and otherwise nothing to tell', () => {
  expect(render(ApmAlertRule.requestRate({ ...SPAN, below: 1 })).monitor.options).toMatchObject({ notify_no_data: true, no_data_timeframe: 20 });
  expect(render(ApmAlertRule.errorRate(SPAN)).monitor.options).toMatchObject({ notify_no_data: false });
});

test('services of ECS restrict nothing', () => {
  const rule = ApmAlertRule.errorRate(SPAN);
  expect(render(rule, { services: ['web'] }).monitor.query).toBe(render(rule).monitor.query);
});

test('without Datadog there is nothing to look at, and the message says so', () => {
  const rules: AlertRule[] = [ApmAlertRule.errorRate(SPAN), ApmAlertRule.watchdog({ env: 'prod' }), ApmAlertRule.anomaly({ ...SPAN, signal: ApmSignal.LATENCY })];
  for (const rule of rules) {
    expect(() => render(rule, { datadog: false })).toThrow(/got: CloudWatch: it has no such metric\. Datadog can$/);
  }
});

test.each([
  [() => ApmAlertRule.errorRate({ ...SPAN, env: 'prod}' }), "'env' must hold only letters"],
  [() => ApmAlertRule.watchdog({ env: 'prod', service: 'a b' }), "'service' must hold only letters"],
  [() => ApmAlertRule.errorRate({ ...SPAN, operation: 'servlet request' }),
    "'operation' must be the name of a span such as 'servlet.request', of letters, digits, _ and ., got: 'servlet request'"],
  [() => ApmAlertRule.errorRate({ ...SPAN, above: 0 }), "'above' must be a positive number, got: 0"],
  [() => ApmAlertRule.requestRate({ ...SPAN, below: -1 }), "'below' must be a positive number, got: -1"],
  [() => ApmAlertRule.latency({ ...SPAN, above: Duration.seconds(0) }), "'above' must be a positive duration that is known when the app is synthesized, got: 0 seconds"],
  [() => ApmAlertRule.latency({ ...SPAN, above: Duration.seconds(Lazy.number({ produce: () => 1 })) }),
    "'above' must be a positive duration that is known when the app is synthesized, got: a token"],
  [() => ApmAlertRule.latency({ ...SPAN, above: Duration.seconds(1), percentile: 97 }), "'percentile' must be one of 50, 75, 90, 95, 99, got: 97"],
  [() => ApmAlertRule.anomaly({ ...SPAN, signal: ApmSignal.ERRORS, deviations: 0 }), "'deviations' must be a positive number, got: 0"],
])('wrong options are refused %#', (wrong, message) => {
  expect(wrong).toThrow(message);
});

test('an environment that only the deployment knows', () => {
  expect(render(ApmAlertRule.errorRate({ ...SPAN, env: Lazy.string({ produce: () => 'late' }) })).monitor.query).toContain('{env:late} by {service}');
});
