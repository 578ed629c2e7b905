// SPDX-License-Identifier: Apache-2.0
import { Duration, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { AlertBackend, AlertRule, EcsAlarms } from '../../../lib/alarms';
import { DatadogAccount, DatadogSecret } from '../../../lib/datadog';
import { LogForwarder } from '../../../lib/logs';
import { render } from '../fixture';

const PLACE = 'functionname:forwarder,region:eu-west-1,aws_account:111111111111';

function metric(metricName: string): cloudwatch.Metric {
  return new cloudwatch.Metric({ namespace: 'CdkEcsDatadog/LogForwarder', metricName, dimensionsMap: { FunctionName: 'forwarder' } });
}

describe('logs that still wait', () => {
  const age = metric('OldestUndeliveredAge');

  test('page after an hour, by the oldest one of a quarter of an hour', () => {
    const { alarm, monitor } = render(AlertRule.logsStillUndelivered({ metric: age }));
    expect(alarm).toMatchObject({
      MetricName: 'OldestUndeliveredAge',
      Statistic: 'Maximum',
      Period: 900,
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 3600,
      AlarmDescription: expect.stringMatching(/^Logs have waited for more than 1 hour to be delivered in a log forwarder: look at/),
    });
    expect(monitor.query).toBe(`max(last_15m):max:cdkecsdatadog.logforwarder.oldest_undelivered_age{${PLACE}} > 3600`);
  });

  test('may be told otherwise', () => {
    const rule = AlertRule.logsStillUndelivered({ metric: age, olderThan: Duration.minutes(30), within: Duration.hours(1), id: 'Waiting' });
    expect(rule.id).toBe('Waiting');
    expect(render(rule).alarm).toMatchObject({ Threshold: 1800, Period: 3600 });
  });

  test('are unknown while no replay reports', () => {
    expect(render(AlertRule.logsStillUndelivered({ metric: age })).alarm.TreatMissingData).toBe('missing');
  });

  test.each([
    [Duration.minutes(0), 'got: 0 minutes'],
    [Duration.minutes(Token.asNumber({ Ref: 'Minutes' })), 'got: a token'],
  ])('of no age are refused (%#)', (olderThan, got) => {
    expect(() => AlertRule.logsStillUndelivered({ metric: age, olderThan }))
      .toThrow(`'olderThan' must be a positive duration that is known when the app is synthesized, ${got}`);
  });
});

describe('logs that Datadog refuses', () => {
  const refused = metric('RefusedLogs');

  test('page with the first', () => {
    const { alarm, monitor } = render(AlertRule.refusedLogs({ metric: refused }));
    expect(alarm).toMatchObject({
      MetricName: 'RefusedLogs',
      Statistic: 'Sum',
      Period: 300,
      Threshold: 0,
      TreatMissingData: 'notBreaching',
      AlarmDescription: expect.stringContaining('refused/'),
    });
    expect(monitor.query).toBe(`sum(last_5m):sum:cdkecsdatadog.logforwarder.refused_logs{${PLACE}}.as_count() > 0`);
  });

  test('may be told otherwise', () => {
    const rule = AlertRule.refusedLogs({ metric: refused, moreThan: 9, within: Duration.hours(1) });
    expect(render(rule).alarm).toMatchObject({ Threshold: 9, Period: 3600 });
    expect(() => AlertRule.refusedLogs({ metric: refused, moreThan: -1 })).toThrow("'moreThan' must be zero or a positive number, got: -1");
  });
});

test('every metric of a forwarder that a rule is about makes an alarm', () => {
  const stack = new Stack();
  const cluster = new ecs.Cluster(stack, 'Cluster');
  const apiKey = DatadogSecret.fromSecretsManager(secretsmanager.Secret.fromSecretNameV2(stack, 'Key', 'key'));
  const forwarder = new LogForwarder(stack, 'Forwarder', { datadog: new DatadogAccount({ apiKey }) });
  const alarms = new EcsAlarms(stack, 'Alarms', {
    cluster,
    rules: [
      AlertRule.logErrors({ metric: forwarder.metricErrorLogs({ grouped: true }) }),
      AlertRule.undeliveredLogs({ metric: forwarder.metricUndelivered() }),
      AlertRule.logsStillUndelivered({ metric: forwarder.metricOldestUndeliveredAge() }),
      AlertRule.refusedLogs({ metric: forwarder.metricRefused() }),
      AlertRule.forwarderErrors({ metric: forwarder.metricErrors() }),
      AlertRule.forwarderLate({ metric: forwarder.handler.metric('AsyncEventAge') }),
    ],
    backends: [AlertBackend.cloudWatch({})],
  });
  expect(alarms.alarms.map(({ node }) => node.id).sort()).toEqual(
    ['ForwarderErrors', 'ForwarderLate', 'LogErrors', 'LogsStillUndelivered', 'RefusedLogs', 'UndeliveredLogs']);
  expect(alarms.node.findAll().filter((node) => node instanceof cloudwatch.CfnAlarm)).toHaveLength(6);
});
