// SPDX-License-Identifier: Apache-2.0
import { Aws, CfnParameter, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { alarmsOf, importedService, newCluster, newStack } from './fixture';
import { AlertBackend, AlertRule, EcsAlarms } from '../../lib/alarms';
import { DatadogAccount, DatadogSecret } from '../../lib/datadog';
import { LogForwarder } from '../../lib/logs';

/** The alarm of one rule for a whole cluster. */
function alarmFor(rule: AlertRule, stack: Stack = newStack()): any {
  new EcsAlarms(stack, 'Alarms', { cluster: newCluster(stack), rules: [rule], backends: [AlertBackend.cloudWatch()] });
  const alarms = alarmsOf(stack);
  expect(Object.keys(alarms)).toEqual([`Alarms/${rule.id}`]);
  return alarms[`Alarms/${rule.id}`];
}

const metric = new cloudwatch.Metric({ namespace: 'Own', metricName: 'Errors', statistic: 'Average', period: Duration.hours(1) });

describe('defaults', () => {
  test('CPU above 90 % in five minutes of five, fine while nothing runs and so nothing is reported', () => {
    expect(alarmFor(AlertRule.cpuUtilization())).toMatchObject({
      Threshold: 90, ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 5, TreatMissingData: 'notBreaching',
    });
  });

  test('memory above 90 % in five minutes of five', () => {
    const alarm = alarmFor(AlertRule.memoryUtilization());
    expect(alarm).toMatchObject({ Threshold: 90, ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 5, TreatMissingData: 'notBreaching' });
    expect(JSON.stringify(alarm.Metrics)).toContain('SELECT MAX(MemoryUtilization)');
  });

  test('no running task for five minutes; silence is neither good nor bad, since zero is reported', () => {
    expect(alarmFor(AlertRule.runningTasks())).toMatchObject({
      Threshold: 1, ComparisonOperator: 'LessThanThreshold', EvaluationPeriods: 5, TreatMissingData: 'missing',
    });
  });

  test('pending above 0 for 15 minutes', () => {
    const alarm = alarmFor(AlertRule.pendingTasks());
    expect(alarm).toMatchObject({ Threshold: 0, ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 15, TreatMissingData: 'notBreaching' });
    expect(JSON.stringify(alarm.Metrics)).toContain('SELECT MAX(PendingTaskCount) FROM SCHEMA(\\"ECS/ContainerInsights\\"');
  });

  test("more than 500 error logs of a service in five minutes, from the forwarders' own metric", () => {
    const alarm = alarmFor(AlertRule.logErrors());
    expect(alarm).toMatchObject({ Threshold: 500, ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1, TreatMissingData: 'notBreaching' });
    expect(alarm.Metrics).toEqual([{
      Id: expect.any(String),
      Expression: 'SELECT SUM(ErrorLogs) FROM SCHEMA("CdkEcsDatadog/LogForwarder", FunctionName, Service, TaskFamily) GROUP BY Service, TaskFamily ORDER BY SUM() DESC',
      Period: 300,
      ReturnData: true,
    }]);
  });

  test('any undelivered log in five minutes', () => {
    expect(alarmFor(AlertRule.undeliveredLogs({ metric }))).toMatchObject({
      MetricName: 'Errors',
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
    });
  });
});

test('any failed invocation, and any event that Lambda dropped or could not keep, in five minutes', () => {
  const stack = newStack();
  const forwarder = new LogForwarder(stack, 'Forwarder', {
    datadog: new DatadogAccount({ apiKey: DatadogSecret.fromSecretsManager(secretsmanager.Secret.fromSecretNameV2(stack, 'Key', 'datadog')) }),
  });
  const alarm = alarmFor(AlertRule.forwarderErrors({ metric: forwarder.metricErrors() }), stack);
  expect(alarm).toMatchObject({ Threshold: 0, ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1, TreatMissingData: 'notBreaching' });
  const [expression, ...counters] = alarm.Metrics;
  expect(expression).toMatchObject({ Expression: 'FILL(errors, 0) + FILL(destinationFailures, 0) + FILL(dropped, 0)' });
  const summary = ({ MetricStat: { Metric, Period, Stat }, ReturnData }: any) => [Metric.Namespace, Metric.MetricName, Period, Stat, ReturnData];
  expect(counters.map(summary)).toEqual([
    ['AWS/Lambda', 'Errors', 300, 'Sum', false],
    ['AWS/Lambda', 'DestinationDeliveryFailures', 300, 'Sum', false],
    ['AWS/Lambda', 'AsyncEventsDropped', 300, 'Sum', false],
  ]);
  expect(alarm.AlarmDescription).toBe('More than 0 failed invocations or dropped events within 5 minutes in a log forwarder: look at the function\'s own log, '
    + 'and at the objects under aws/lambda/async/ in its bucket, where Lambda keeps the events that failed for good.');
});

describe('options', () => {
  test('a window of minutes becomes as many evaluated minutes', () => {
    expect(alarmFor(AlertRule.pendingTasks({ above: 3, longerThan: Duration.hours(1) }))).toMatchObject({ Threshold: 3, EvaluationPeriods: 60 });
    expect(alarmFor(AlertRule.runningTasks({ below: 3, longerThan: Duration.minutes(2) }))).toMatchObject({ Threshold: 3, EvaluationPeriods: 2 });
  });

  test('a window of counted logs becomes one period of that length', () => {
    const alarm = alarmFor(AlertRule.logErrors({ moreThan: 10, within: Duration.hours(1) }));
    expect(alarm).toMatchObject({ Threshold: 10, EvaluationPeriods: 1 });
    expect(alarm.Metrics[0].Period).toBe(3600);
  });

  test('a given metric is summed over the window, whatever its own statistic and period', () => {
    expect(alarmFor(AlertRule.logErrors({ metric }))).toMatchObject({ Namespace: 'Own', Statistic: 'Sum', Period: 300 });
  });

  test('of a given expression the period is set', () => {
    const expression = new cloudwatch.MathExpression({ expression: 'a + b', usingMetrics: { a: metric, b: metric.with({ statistic: 'Sum' }) } });
    const alarm = alarmFor(AlertRule.logErrors({ metric: expression, within: Duration.minutes(10) }));
    expect(alarm.Metrics[1].MetricStat.Period).toBe(600);
  });

  test.each([
    ['a query with several series says which of them', 'SELECT SUM(E) FROM N GROUP BY Service ORDER BY SUM() DESC', /in a service \(the contributors of this alarm say which\):/],
    ['a query with one series has nobody to name', 'SELECT SUM(E) FROM N', /in the watched log groups:/],
  ])('an alarm on %s', (_what, expression, sentence) => {
    const query = new cloudwatch.MathExpression({ expression, usingMetrics: {} });
    expect(alarmFor(AlertRule.logErrors({ metric: query })).AlarmDescription).toMatch(sentence);
    expect(() => alarmFor(AlertRule.logErrors({ metric: query, within: Duration.hours(4) })))
      .toThrow("'within' must be at most 3 hours where the alarm is on a query (CloudWatch Metrics Insights looks no further back), got: 4 hours");
    expect(alarmFor(AlertRule.logErrors({ metric, within: Duration.hours(4) })).Period).toBe(4 * 60 * 60);
  });

  test('services or not, a rule about logs is one alarm', () => {
    const stack = newStack();
    const services = [importedService(stack, 'Web'), importedService(stack, 'Api')];
    const rules = [AlertRule.logErrors(), AlertRule.undeliveredLogs({ metric }), AlertRule.forwarderErrors({ metric })];
    new EcsAlarms(stack, 'Alarms', { cluster: newCluster(stack), services, rules, backends: [AlertBackend.cloudWatch()] });
    expect(Object.keys(alarmsOf(stack))).toEqual(['Alarms/LogErrors', 'Alarms/UndeliveredLogs', 'Alarms/ForwarderErrors']);
  });
});

describe('tokens are not refused for being tokens', () => {
  test('a threshold from a parameter, also in the description', () => {
    const stack = newStack();
    const limit = new CfnParameter(stack, 'Limit', { type: 'Number' }).valueAsNumber;
    const alarm = alarmFor(AlertRule.cpuUtilization({ above: limit }), stack);
    expect(alarm.Threshold).toEqual({ Ref: 'Limit' });
    expect(alarm.AlarmDescription['Fn::Join'][1]).toContainEqual({ Ref: 'Limit' });
    expect(JSON.stringify(alarm)).not.toMatch(/e\+?\d{2,}/);
  });

  test.each([
    ['below', () => AlertRule.runningTasks({ below: Lazy.number({ produce: () => 2 }) })],
    ['above', () => AlertRule.pendingTasks({ above: Lazy.number({ produce: () => 2 }) })],
    ['moreThan', () => AlertRule.logErrors({ moreThan: Lazy.number({ produce: () => 2 }) })],
  ])("'%s'", (_option, rule) => {
    expect(alarmFor(rule()).Threshold).toBe(2);
  });

  test('but a window is counted in minutes and has to be known', () => {
    expect(() => AlertRule.cpuUtilization({ longerThan: Duration.minutes(Lazy.number({ produce: () => 5 })) }))
      .toThrow("'longerThan' must be known when the app is synthesized, got: a token");
  });
});

test.each([
  [() => AlertRule.cpuUtilization({ above: -1 }), "'above' must be a positive number, got: -1"],
  [() => AlertRule.memoryUtilization({ above: 0 }), "'above' must be a positive number, got: 0"],
  [() => AlertRule.memoryUtilization({ above: NaN }), "'above' must be a positive number, got: NaN"],
  [() => AlertRule.runningTasks({ below: 0 }), "'below' must be a positive number, got: 0"],
  [() => AlertRule.pendingTasks({ above: -1 }), "'above' must be zero or a positive number, got: -1"],
  [() => AlertRule.logErrors({ moreThan: -1 }), "'moreThan' must be zero or a positive number, got: -1"],
  [() => AlertRule.undeliveredLogs({ metric, moreThan: Infinity }), "'moreThan' must be zero or a positive number, got: Infinity"],
  [() => AlertRule.forwarderErrors({ metric, moreThan: -1 }), "'moreThan' must be zero or a positive number, got: -1"],
  [() => AlertRule.runningContainersDropped({ by: 1.5 }), "'by' must be a positive whole number, got: 1.5"],
  [() => AlertRule.cpuUtilization({ longerThan: Duration.seconds(90) }), "'longerThan' must be a whole number of minutes, at least one, got: 1 minute 30 seconds"],
  [() => AlertRule.logErrors({ within: Duration.seconds(30) }), "'within' must be a whole number of minutes, at least one, got: 30 seconds"],
  [() => AlertRule.logErrors({ within: Duration.millis(60_500) }), "'within' must be a whole number of minutes, at least one, got: "],
  [() => AlertRule.cpuUtilization({ id: 'a/b' }), "'id' must be letters, digits, '-' and '_', starting with a letter, not a token and none of Services, StoppedTasks, Events, EventLog, Datadog, DeploymentAlarms, MuteRules, got: 'a/b'"],
  [() => AlertRule.cpuUtilization({ id: 'Services' }), /^'id' must be .* got: 'Services'$/],
  [() => AlertRule.cpuUtilization({ id: Aws.REGION }), /^'id' must be /],
])('wrong options are refused where they are given (%#)', (rule, message) => {
  expect(rule).toThrow(message);
});

test('each alarm says in a sentence what happened and what to look at', () => {
  const stack = newStack();
  const services = [importedService(stack, 'Web')];
  const rules = [...AlertRule.recommended(), AlertRule.logErrors(), AlertRule.undeliveredLogs({ metric }), AlertRule.forwarderErrors({ metric }),
    AlertRule.runningContainersDropped()];
  new EcsAlarms(stack, 'Alarms', { cluster: newCluster(stack), services, rules, backends: [AlertBackend.cloudWatch()] });
  const texts = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'))
    .map(({ Properties: { AlarmDescription } }) => AlarmDescription?.['Fn::Join']?.[1].map((part: any) => part.Ref ?? part).join('') ?? AlarmDescription);
  expect(texts).toHaveLength(rules.length);
  expect(texts[0]).toBe('CPU of the busiest task above 90 % for 5 minutes in service Web of cluster Cluster: '
    + 'look at its load, the CPU of its task definition and its scaling limits.');
  for (const text of texts) {
    expect(text).toMatch(/^[A-Z0-9][^.:]* in [^.:]*: look at .*[^.]\.$/);
    expect(text.length).toBeLessThan(1024);
  }
});
