// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlertRule } from '../../../lib/alarms';
import { alarmsOf, render } from '../fixture';

const WHERE = 'clustername:prod AND region:eu-west-1 AND aws_account:111111111111';

/** A rule, what its alarm has for a whole cluster, and the query of its monitor. */
const FORMS: [string, AlertRule, object, string][] = [
  ['cpuUtilization', AlertRule.cpuUtilization(), { EvaluationPeriods: 5, Threshold: 90, TreatMissingData: 'notBreaching' },
    `min(last_5m):max:aws.ecs.service.cpuutilization.maximum{${WHERE}} by {servicename,clustername} > 90`],
  ['memoryUtilization', AlertRule.memoryUtilization(), { EvaluationPeriods: 5, Threshold: 90, TreatMissingData: 'notBreaching' },
    `min(last_5m):max:aws.ecs.service.memory_utilization.maximum{${WHERE}} by {servicename,clustername} > 90`],
  ['runningTasks', AlertRule.runningTasks({ below: 2 }), { EvaluationPeriods: 5, Threshold: 2, TreatMissingData: 'missing' },
    `max(last_25m):min:aws.ecs.service.running{${WHERE}} by {servicename,clustername} < 2`],
  ['pendingTasks', AlertRule.pendingTasks(), { EvaluationPeriods: 15, Threshold: 0, TreatMissingData: 'notBreaching' },
    `min(last_25m):max:aws.ecs.service.pending{${WHERE}} by {servicename,clustername} > 0`],
  ['noTasks', AlertRule.noTasks(), {
    Namespace: 'ECS/ContainerInsights',
    MetricName: 'TaskCount',
    Dimensions: [{ Name: 'ClusterName', Value: 'prod' }],
    Statistic: 'Maximum',
    ComparisonOperator: 'LessThanThreshold',
    Threshold: 1,
    EvaluationPeriods: 10,
    TreatMissingData: 'breaching',
  }, `max(last_25m):sum:aws.ecs.service.running{${WHERE}} by {clustername} < 1`],
  ['cpuReservation', AlertRule.cpuReservation(), {
    Namespace: 'AWS/ECS',
    MetricName: 'CPUReservation',
    Dimensions: [{ Name: 'ClusterName', Value: 'prod' }],
    Threshold: 90,
    EvaluationPeriods: 5,
    TreatMissingData: 'notBreaching',
  }, `min(last_5m):avg:aws.ecs.cluster.cpureservation{${WHERE}} by {clustername} > 90`],
  ['memoryReservation', AlertRule.memoryReservation({ above: 75, longerThan: Duration.minutes(30) }), {
    MetricName: 'MemoryReservation', Threshold: 75, EvaluationPeriods: 30,
  }, `min(last_30m):avg:aws.ecs.cluster.memory_reservation{${WHERE}} by {clustername} > 75`],
  ['ephemeralStorage', AlertRule.ephemeralStorage(), {
    Metrics: [expect.objectContaining({
      Expression: 'SELECT MAX(TaskEphemeralStorageUtilization) FROM SCHEMA("ECS/ContainerInsights", ClusterName, ServiceName) WHERE ClusterName = \'prod\' '
        + 'GROUP BY ServiceName ORDER BY MAX() DESC',
    })],
    Threshold: 80,
    EvaluationPeriods: 5,
  }, 'min(last_5m):sum:ecs.fargate.ephemeral_storage.utilized{ecs_cluster_name:prod} by {task_arn,ecs_service,ecs_cluster_name} / '
    + 'sum:ecs.fargate.ephemeral_storage.reserved{ecs_cluster_name:prod} by {task_arn,ecs_service,ecs_cluster_name} * 100 > 80'],
  ['clusterRunningTasks', AlertRule.clusterRunningTasks({ below: 4 }), {
    MetricName: 'TaskCount', Statistic: 'Minimum', ComparisonOperator: 'LessThanThreshold', Threshold: 4, EvaluationPeriods: 15, TreatMissingData: 'breaching',
  }, `max(last_25m):sum:aws.ecs.running_tasks_count{${WHERE}} by {clustername} < 4`],
  ['clusterRunningTasks per instance', AlertRule.clusterRunningTasks({ below: 1, perInstance: true }), {
    MetricName: 'instance_number_of_running_tasks', Statistic: 'Minimum', TreatMissingData: 'missing', Dimensions: [{ Name: 'ClusterName', Value: 'prod' }],
  }, `max(last_25m):sum:aws.ecs.running_tasks_count{${WHERE}} by {instance_id,clustername} < 1`],
];

test.each(FORMS)('%s, in both forms', (_name, rule, alarm, query) => {
  const rendered = render(rule);
  expect(rendered.alarm).toMatchObject(alarm);
  expect(rendered.monitor.query).toBe(query);
  expect(rendered.monitor.type).toBe('query alert');
  expect(rendered.monitor.options.thresholds.critical).toBe(rendered.alarm.Threshold);
});

test('runningBelowDesired compares two metrics: in CloudWatch for each of the services, in Datadog for all', () => {
  const rule = AlertRule.runningBelowDesired({ by: 2 });
  const { stack, monitor } = render(rule, { services: ['web', 'api'] });
  const alarms = alarmsOf(stack);
  expect(Object.keys(alarms)).toEqual(['Alarms/Services/web/RunningBelowDesired', 'Alarms/Services/api/RunningBelowDesired']);
  expect(alarms['Alarms/Services/web/RunningBelowDesired']).toMatchObject({
    Metrics: [
      { Expression: 'desired - running' },
      { Id: 'desired', MetricStat: { Metric: { MetricName: 'DesiredTaskCount' } }, ReturnData: false },
      { Id: 'running', MetricStat: { Metric: { MetricName: 'RunningTaskCount' } }, ReturnData: false },
    ],
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    Threshold: 2,
    EvaluationPeriods: 60,
  });
  const where = `{${WHERE} AND servicename IN (api,web)} by {servicename,clustername}`;
  expect(monitor.query).toBe(`min(last_70m):sum:aws.ecs.service.desired${where} - sum:aws.ecs.service.running${where} >= 2`);
  expect(() => render(rule, { datadog: false })).toThrow(/got: CloudWatch: it needs 'services' .* Datadog can$/);
  expect(render(rule).monitor.query).toContain(`{${WHERE}} by {servicename,clustername}`);
});

test('noTasks of services: each is reported as missing by itself', () => {
  const { stack, monitor } = render(AlertRule.noTasks(), { services: ['web'] });
  expect(alarmsOf(stack)['Alarms/Services/web/NoTasks']).toMatchObject({ MetricName: 'RunningTaskCount', TreatMissingData: 'breaching' });
  expect(monitor.query).toContain('by {servicename,clustername}');
  expect(monitor.options).toMatchObject({ notify_no_data: true, no_data_timeframe: 65 });
});

test('what is about the cluster is not restricted to services', () => {
  for (const rule of [AlertRule.cpuReservation(), AlertRule.clusterRunningTasks({ below: 1 })]) {
    const { stack, monitor } = render(rule, { services: ['web'] });
    expect(Object.keys(alarmsOf(stack))).toEqual([`Alarms/${rule.id}`]);
    expect(monitor.query).not.toContain('web');
  }
});

describe('runningContainersDropped', () => {
  test('in Datadog is a change of -2 or less, against an hour ago', () => {
    const { monitor } = render(AlertRule.runningContainersDropped({ warningThreshold: 1 }));
    expect(monitor).toMatchObject({
      query: `change(avg(last_15m),last_1h):sum:aws.ecs.service.running{${WHERE}} by {servicename,clustername} <= -2`,
      options: { thresholds: { critical: -2, warning: -1 }, evaluation_delay: 900 },
    });
  });

  test.each([[15, 'last_15m'], [240, 'last_4h'], [1440, 'last_1d']])('in Datadog against %i minutes ago is %s', (minutes, shift) => {
    const { monitor } = render(AlertRule.runningContainersDropped({ within: Duration.minutes(minutes) }));
    expect(monitor.query).toContain(`change(avg(last_15m),${shift}):`);
  });

  test('says in each backend what it sees there', () => {
    const { alarm, monitor } = render(AlertRule.runningContainersDropped(), { services: ['web'] });
    expect(alarm.AlarmDescription).toMatch(/neither scaled in nor by a deployment, in service web .*log group of stopped tasks\.$/);
    expect(monitor.name).toBe('Running tasks down by 2 or more against 1 hour ago in service {{servicename.name}} of cluster {{clustername.name}}');
    expect(monitor.message).toMatch(/: look at the events of the service: whether it was scaled in, or why its tasks stopped\.$/);
  });

  test('cannot be compared with a time that no change monitor has', () => {
    expect(() => render(AlertRule.runningContainersDropped({ within: Duration.minutes(20) }), { cloudWatch: false })).toThrow(
      "got: Datadog: 'within' must be one of 15, 30, 60, 120, 240, 1440 minutes, which a change monitor compares with, got: 20 minutes");
  });
});

describe('metrics of CloudWatch, as Datadog has them', () => {
  const PLACE = ',region:eu-west-1,aws_account:111111111111';
  const metric = new cloudwatch.Metric({ namespace: 'CdkEcsDatadog/LogForwarder', metricName: 'UndeliveredLogs', dimensionsMap: { FunctionName: 'Forwarder' } });
  const filled = (expression: string) => new cloudwatch.MathExpression({
    expression, usingMetrics: { a: metric, b: new cloudwatch.Metric({ namespace: 'AWS/Lambda', metricName: 'AsyncEventsDropped' }) },
  });

  test('one', () => {
    expect(render(AlertRule.undeliveredLogs({ metric })).monitor).toMatchObject({
      query: `sum(last_5m):sum:cdkecsdatadog.logforwarder.undelivered_logs{functionname:forwarder${PLACE}}.as_count() > 0`,
      options: { evaluation_delay: 900, notify_no_data: false },
    });
  });

  test('a sum', () => {
    expect(render(AlertRule.forwarderErrors({ metric: filled('FILL(a, 0) + FILL(b, 0)') })).monitor.query).toBe(
      `sum(last_5m):default_zero(sum:cdkecsdatadog.logforwarder.undelivered_logs{functionname:forwarder${PLACE}}.as_count()) + `
      + 'default_zero(sum:aws.lambda.async_events_dropped{region:eu-west-1,aws_account:111111111111}.as_count()) > 0');
  });

  test('any other expression is none of them', () => {
    expect(() => render(AlertRule.forwarderErrors({ metric: filled('a / b') }), { cloudWatch: false })).toThrow(
      "got: Datadog: 'metric' must be a Metric, or a sum of FILL(…, 0), to be found in Datadog, got: another expression. CloudWatch can");
  });
});

test('error logs of a task family, of services and of names with a hyphen', () => {
  expect(render(AlertRule.logErrors()).monitor).toMatchObject({
    type: 'log alert',
    name: 'More than 500 error logs within 5 minutes in task family {{task_family.name}} of cluster prod',
    query: 'logs("status:error ecs_cluster_name:prod").index("*").rollup("count").by("task_family").last("5m") > 500',
  });
  expect(render(AlertRule.logErrors({ moreThan: 0, within: Duration.hours(2) }), { services: ['Web', 'check-out'] }).monitor.query).toBe(
    'logs("status:error ecs_cluster_name:prod ecs_service:(\\"check-out\\" OR web)").index("*").rollup("count").by("task_family").last("2h") > 0');
  expect(() => render(AlertRule.logErrors({ within: Duration.days(3) }), { cloudWatch: false }))
    .toThrow("got: Datadog: 'within' must be at most 2880 minutes, got: 3 days");
});

test.each([
  [() => AlertRule.runningBelowDesired({ by: 0 }), "'by' must be a positive whole number, got: 0"],
  [() => AlertRule.noTasks({ longerThan: Duration.seconds(90) }), "'longerThan' must be a whole number of minutes, at least one, got: 1 minute 30 seconds"],
  [() => AlertRule.cpuReservation({ above: 0 }), "'above' must be a positive number, got: 0"],
  [() => AlertRule.memoryReservation({ above: -1 }), "'above' must be a positive number, got: -1"],
  [() => AlertRule.ephemeralStorage({ above: NaN }), "'above' must be a positive number, got: NaN"],
  [() => AlertRule.clusterRunningTasks({ below: 0 }), "'below' must be a positive number, got: 0"],
])('wrong options are refused where they are given (%#)', (rule, message) => {
  expect(rule).toThrow(message);
});
