// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlertBackend, AlertRule, EcsAlarms } from '../../../lib/alarms';
import { alarmsOf, newCluster, newStack, render } from '../fixture';

const WHERE = 'clustername:prod AND region:eu-west-1 AND aws_account:111111111111';
const AGE = new cloudwatch.Metric({ namespace: 'AWS/Lambda', metricName: 'AsyncEventAge', dimensionsMap: { FunctionName: 'Forwarder' } });
const PLACE = '"clustername:prod","region:eu-west-1","aws_account:111111111111"';

describe.each([
  ['containerRestarts', AlertRule.containerRestarts, 'RestartCount', { Period: 300 }, { EvaluationPeriods: 1, Threshold: 3 },
    `max(last_5m):max:ecs.containerinsights.restart_count{${WHERE}} by {servicename,clustername} > 3`],
  ['unhealthyContainers', AlertRule.unhealthyContainers, 'UnHealthyContainerHealthStatus', { Period: 60 }, { EvaluationPeriods: 5, Threshold: 0 },
    `min(last_5m):max:ecs.containerinsights.un_healthy_container_health_status{${WHERE}} by {servicename,clustername} > 0`],
])('%s', (_name, rule, metricName, entry, evaluation, query) => {
  const schema = `SELECT MAX(${metricName}) FROM SCHEMA("ECS/ContainerInsights", ClusterName, ServiceName, ContainerName)`;

  test('is one alarm for the whole cluster, with each container of each service as a contributor', () => {
    const { alarm, monitor } = render(rule());
    expect(alarm).toMatchObject({ ...evaluation, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'notBreaching' });
    expect(alarm.Metrics).toEqual([expect.objectContaining({
      ...entry, Expression: `${schema} WHERE ClusterName = 'prod' GROUP BY ServiceName, ContainerName ORDER BY MAX() DESC`,
    })]);
    expect(monitor).toMatchObject({ query, options: { evaluation_delay: 900 } });
  });

  test('is one for each of the services', () => {
    const { stack, monitor } = render(rule(), { services: ['api', 'web'] });
    const alarms = alarmsOf(stack);
    expect(Object.keys(alarms)).toEqual([expect.stringMatching(/Services\/api\//), expect.stringMatching(/Services\/web\//)]);
    expect(Object.values(alarms)[1].Metrics[0].Expression).toBe(
      `${schema} WHERE ClusterName = 'prod' AND ServiceName = 'web' GROUP BY ContainerName ORDER BY MAX() DESC`);
    expect(monitor.query).toContain('servicename IN (api,web)');
  });

  test('needs Container Insights with enhanced observability', () => {
    const stack = newStack();
    const cluster = newCluster(stack);
    cluster.clusterSettings = [{ name: 'containerInsights', value: 'enabled' }];
    new EcsAlarms(stack, 'Alarms', { cluster, rules: [rule()], backends: [AlertBackend.cloudWatch()] });
    expect(() => alarmsOf(stack)).toThrow(/need Container Insights with enhanced observability/);
  });

  test('looks back no further than a query can', () => {
    const long = { within: Duration.hours(4), longerThan: Duration.hours(4) };
    expect(() => render(rule(long), { datadog: false })).toThrow(/must be at most 3 hours where the alarm is on a query/);
  });
});

test.each([
  [() => AlertRule.containerRestarts({ moreThan: -1 }), "'moreThan' must be zero or a positive number, got: -1"],
  [() => AlertRule.capacityProviderReservation({ above: 0 }), "'above' must be a positive number, got: 0"],
  [() => AlertRule.ecsAgentDisconnected({ checks: 0 }), "'checks' must be a positive whole number, got: 0"],
  [() => AlertRule.fargateCheckFailed({ checks: 1.5 }), "'checks' must be a positive whole number, got: 1.5"],
  [() => AlertRule.agentSilent({ longerThan: Duration.minutes(1) }), "'longerThan' must be from 2 to 1440 minutes, got: 1 minute"],
  [() => AlertRule.agentSilent({ longerThan: Duration.days(2) }), "'longerThan' must be from 2 to 1440 minutes, got: 2 days"],
  [() => AlertRule.agentSilent({}), "one of 'daemonServiceName' (for CloudWatch) and 'hostTag' (for Datadog) must be given, got: none"],
  [() => AlertRule.agentSilent({ daemonServiceName: '' }), "'daemonServiceName' must be the name of a service or be left out, got: ''"],
  [() => AlertRule.agentSilent({ hostTag: 'prod' }), "'hostTag' must be a tag such as 'autoscaling_group:prod', got: 'prod'"],
  [() => AlertRule.forwarderLate({ metric: AGE, olderThan: Duration.seconds(0) }),
    "'olderThan' must be a positive duration that is known when the app is synthesized, got: 0 seconds"],
])('wrong options are refused %#', (wrong, message) => {
  expect(wrong).toThrow(message);
});

describe('capacityProviderReservation', () => {
  test('is one alarm, with each capacity provider of the cluster as a contributor, with or without services', () => {
    for (const services of [undefined, ['web']]) {
      expect(render(AlertRule.capacityProviderReservation(), { services }).alarm).toMatchObject({
        Threshold: 100,
        ComparisonOperator: 'GreaterThanThreshold',
        EvaluationPeriods: 30,
        TreatMissingData: 'notBreaching',
        Metrics: [expect.objectContaining({
          Period: 60,
          Expression: 'SELECT MAX(CapacityProviderReservation) FROM SCHEMA("AWS/ECS/ManagedScaling", CapacityProviderName, ClusterName) '
            + "WHERE ClusterName = 'prod' GROUP BY CapacityProviderName ORDER BY MAX() DESC",
        })],
      });
    }
  });

  test('is not in Datadog', () => {
    expect(() => render(AlertRule.capacityProviderReservation(), { cloudWatch: false })).toThrow(/got: Datadog: it has no such data\. CloudWatch can$/);
  });
});

describe('ecsAgentDisconnected', () => {
  test('is a service check of each instance', () => {
    expect(render(AlertRule.ecsAgentDisconnected()).monitor).toMatchObject({
      type: 'service check',
      query: `"aws.ecs.agent_connected".over(${PLACE}).by("clustername","instance_id").last(3).count_by_status()`,
      options: { thresholds: { critical: 3, ok: 1 }, notify_no_data: false },
    });
  });

  test('is neither in CloudWatch nor about services', () => {
    expect(() => render(AlertRule.ecsAgentDisconnected(), { datadog: false })).toThrow(/got: CloudWatch: it has no such metric\. Datadog can$/);
    expect(() => render(AlertRule.ecsAgentDisconnected(), { services: ['web'] })).toThrow("Datadog: it is about the whole cluster, leave out 'services'");
  });
});

describe('agentSilent', () => {
  test('is told by hosts that are checked no more', () => {
    expect(render(AlertRule.agentSilent({ hostTag: 'autoscaling_group:prod', longerThan: Duration.minutes(20) })).monitor).toMatchObject({
      type: 'service check',
      query: '"datadog.agent.up".over("autoscaling_group:prod").by("host").last(1).count_by_status()',
      options: { thresholds: { critical: 1, ok: 1 }, notify_no_data: true, no_data_timeframe: 20 },
    });
  });

  test('finds hosts by a tag in lower case', () => {
    expect(render(AlertRule.agentSilent({ hostTag: 'autoscaling_group:Prod' })).monitor.query).toContain('.over("autoscaling_group:prod").by("host")');
  });

  test('is told in CloudWatch by instances without a task of the daemon, where its name is given', () => {
    const { alarm } = render(AlertRule.agentSilent({ daemonServiceName: 'daemon:datadog' }));
    expect(alarm).toMatchObject({ Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold', EvaluationPeriods: 15, TreatMissingData: 'notBreaching' });
    const [expression, ...metrics] = alarm.Metrics;
    expect(expression.Expression).toBe('instances - FILL(tasks, 0)');
    expect(metrics.map(({ Id, MetricStat: { Metric, Period } }: any) => [Id, Metric.MetricName, Metric.Dimensions, Period])).toEqual([
      ['instances', 'ContainerInstanceCount', [{ Name: 'ClusterName', Value: 'prod' }], 60],
      ['tasks', 'RunningTaskCount', [{ Name: 'ClusterName', Value: 'prod' }, { Name: 'ServiceName', Value: 'daemon:datadog' }], 60],
    ]);
    expect(() => render(AlertRule.agentSilent({ hostTag: 'team:shop' }), { datadog: false })).toThrow(/Datadog can$/);
  });

  test('is not in Datadog without a tag of hosts', () => {
    const rule = AlertRule.agentSilent({ daemonServiceName: 'datadog' });
    expect(render(rule).alarms.monitors).toEqual([]);
    expect(() => render(rule, { cloudWatch: false })).toThrow(
      "got: Datadog: it needs 'hostTag', a tag that the hosts of the cluster have in Datadog and no others. CloudWatch can");
  });

  test('is about hosts, so services leave it to CloudWatch', () => {
    const { alarms } = render(AlertRule.agentSilent({ daemonServiceName: 'datadog', hostTag: 'team:shop' }), { services: ['web'] });
    expect([alarms.alarms.length, alarms.monitors.length]).toEqual([1, 0]);
  });
});

test('fargateCheckFailed is a service check of each task family, whose tasks come and go', () => {
  expect(render(AlertRule.fargateCheckFailed()).monitor).toMatchObject({
    type: 'service check',
    query: '"fargate_check".over("ecs_cluster_name:prod").by("task_family").last(4).count_by_status()',
    options: { thresholds: { critical: 4, ok: 1 }, notify_no_data: false },
  });
  expect(() => render(AlertRule.fargateCheckFailed(), { datadog: false })).toThrow(/Datadog can$/);
});

describe('the thresholds of service checks', () => {
  test.each([
    [() => AlertRule.ecsAgentDisconnected({ recoveryThreshold: 1 }), /^'recoveryThreshold' must be left out, since this rule is on a service check, .*, got: 1$/],
    [() => AlertRule.fargateCheckFailed({ recoveryThreshold: 0 }), /^'recoveryThreshold' must be left out/],
    [() => AlertRule.agentSilent({ hostTag: 'team:shop', recoveryThreshold: 0 }), /^'recoveryThreshold' must be left out/],
    [() => AlertRule.ecsAgentDisconnected({ warningThreshold: 1.5 }), "'warningThreshold' must be a positive whole number, got: 1.5"],
    [() => AlertRule.fargateCheckFailed({ warningThreshold: 0 }), "'warningThreshold' must be a positive whole number, got: 0"],
  ])('are numbers of checks %#', (wrong, message) => {
    expect(wrong).toThrow(message);
  });

  test('may warn at fewer checks', () => {
    expect(render(AlertRule.ecsAgentDisconnected({ warningThreshold: 2 })).monitor.options.thresholds).toEqual({ critical: 3, ok: 1, warning: 2 });
  });
});

test('forwarderLate looks at the oldest log, in milliseconds', () => {
  const { alarm, monitor } = render(AlertRule.forwarderLate({ metric: AGE, olderThan: Duration.minutes(10) }));
  expect(alarm).toMatchObject({
    MetricName: 'AsyncEventAge', Statistic: 'Maximum', Period: 300, EvaluationPeriods: 1, Threshold: 600_000, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'notBreaching',
  });
  expect(monitor.query).toMatch(/^max\(last_5m\):max:aws\.lambda\.async_event_age\{functionname:forwarder,.*\} > 600000$/);
  expect(monitor.query).not.toContain('as_count');
});
