// SPDX-License-Identifier: Apache-2.0
import { App, Duration, NestedStack, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { AlertBackend, AlertRule, EcsAlarms } from '../../lib/alarms';

interface Watched {
  readonly cluster: ecs.Cluster;
  readonly service: ecs.FargateService;
  readonly alarms: EcsAlarms;
}

function watched(clusterScope: Construct, serviceScope: Construct, alarmScope: Construct, rules?: AlertRule[]): Watched {
  const vpc = new ec2.Vpc(clusterScope, 'Vpc', { maxAzs: 1, natGateways: 0 });
  const cluster = new ecs.Cluster(clusterScope, 'Cluster', { vpc, containerInsightsV2: ecs.ContainerInsights.ENHANCED });
  const taskDefinition = new ecs.FargateTaskDefinition(serviceScope, 'Task');
  taskDefinition.addContainer('app', { image: ecs.ContainerImage.fromRegistry('app') });
  const service = new ecs.FargateService(serviceScope, 'Web', { cluster, taskDefinition, minHealthyPercent: 100 });
  return { cluster, service, alarms: new EcsAlarms(alarmScope, 'Alarms', { cluster, rules, backends: [AlertBackend.cloudWatch()] }) };
}

function namesOf(service: Template): unknown {
  const [{ Properties }] = Object.values(service.findResources('AWS::ECS::Service'));
  return Properties.DeploymentConfiguration.Alarms.AlarmNames;
}

test('a service that deploys by alarms on itself, in one stack, without a cycle', () => {
  const stack = new Stack(new App(), 'Shop');
  const { service, alarms } = watched(stack, stack, stack);
  const names = alarms.deploymentAlarmsFor(service);
  service.enableDeploymentAlarms(names, { behavior: ecs.AlarmBehavior.ROLLBACK_ON_ALARM });
  expect(names.map((name) => name.replace(/-[0-9A-F]{8}-/, '-'))).toEqual([
    'Shop-Alarms-Services-Web-DeploymentAlarms-CpuUtilization', 'Shop-Alarms-Services-Web-DeploymentAlarms-MemoryUtilization',
    'Shop-Alarms-Services-Web-DeploymentAlarms-RunningTasks', 'Shop-Alarms-Services-Web-DeploymentAlarms-PendingTasks',
  ]);
  // Reading the template fails on a cycle.
  const template = Template.fromStack(stack);
  expect(namesOf(template)).toEqual(names);
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmName: names[0],
    Dimensions: [{ Name: 'ClusterName' }, { Name: 'ServiceName', Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Web'), 'Name'] } }].map(Match.objectLike),
    AlarmActions: Match.absent(),
  });
  template.resourceCountIs('AWS::CloudWatch::Alarm', 8);
});

test('cluster, service and alarms in three stacks: only the alarms need the service', () => {
  const app = new App();
  const [clusterStack, serviceStack, alarmStack] = ['Platform', 'Shop', 'Monitoring'].map((id) => new Stack(app, id));
  const { service, alarms } = watched(clusterStack, serviceStack, alarmStack);
  service.enableDeploymentAlarms(alarms.deploymentAlarmsFor(service, ['CpuUtilization']));
  app.synth();
  expect(serviceStack.dependencies).not.toContain(alarmStack);
  expect(namesOf(Template.fromStack(serviceStack))).toEqual([expect.stringMatching(/^Monitoring-.*-CpuUtilization$/)]);
});

test('in a nested stack the names are as literal', () => {
  const stack = new Stack(new App(), 'Shop');
  const nested = new NestedStack(stack, 'Nested');
  const { service, alarms } = watched(nested, nested, nested);
  const names = alarms.deploymentAlarmsFor(service, ['CpuUtilization']);
  service.enableDeploymentAlarms(names);
  expect(names).toEqual([expect.stringMatching(/^Shop.*Nested.*-CpuUtilization$/)]);
  Template.fromStack(nested).hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: names[0] });
});

test('asking twice is asking once, and names stay below the limit', () => {
  const stack = new Stack(new App(), 'Shop');
  const deep = ['A', 'B', 'C', 'D', 'E'].reduce<Construct>((scope, id) => new Construct(scope, id.repeat(60)), stack);
  const { service, alarms } = watched(stack, stack, deep);
  const names = alarms.deploymentAlarmsFor(service);
  expect(alarms.deploymentAlarmsFor(service)).toEqual(names);
  expect(Math.max(...names.map((name) => name.length))).toBeLessThanOrEqual(255);
  Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Alarm', 8);
});

test('a rule about the whole cluster, or about what CloudWatch cannot see, decides over no deployment, and says why', () => {
  const stack = new Stack(new App(), 'Shop');
  const { service, alarms } = watched(stack, stack, stack, [AlertRule.cpuUtilization(), AlertRule.logErrors()]);
  expect(() => alarms.deploymentAlarmsFor(service, ['CpuUtilization', 'LogErrors'])).toThrow("'ruleIds' must be rules with an alarm of one service alone, "
    + 'got: LogErrors: its alarm is not of one service alone, so the fault of one would roll back the deployment of another');
  expect(() => alarms.deploymentAlarmsFor(service, ['Cpu'])).toThrow("'ruleId' must be one of CpuUtilization, LogErrors, got: 'Cpu'");
  expect(alarms.deploymentAlarmsFor(service)).toHaveLength(1);

  const other = new Stack(new App(), 'Shop');
  const onlyLogs = watched(other, other, other, [AlertRule.logErrors()]);
  expect(() => onlyLogs.alarms.deploymentAlarmsFor(onlyLogs.service)).toThrow(/^'ruleIds' must be rules with an alarm of one service alone, got: LogErrors: /);
});

test('without ids only conditions that last, for 15 minutes at most, decide; any rule does by its id', () => {
  const stack = new Stack(new App(), 'Shop');
  const rules = [
    AlertRule.cpuUtilization({ longerThan: Duration.minutes(15) }), AlertRule.cpuUtilization({ id: 'Slow', longerThan: Duration.minutes(16) }), AlertRule.containerRestarts(),
  ];
  const { service, alarms } = watched(stack, stack, stack, rules);
  expect(alarms.deploymentAlarmsFor(service)).toEqual([expect.stringMatching(/-CpuUtilization$/)]);
  expect(alarms.deploymentAlarmsFor(service, ['Slow', 'ContainerRestarts'])).toHaveLength(2);

  const other = new Stack(new App(), 'Shop');
  const slow = watched(other, other, other, rules.slice(1));
  expect(() => slow.alarms.deploymentAlarmsFor(slow.service)).toThrow("got: Slow: 'longerThan' is longer than 15 minutes, so it has to be given by its id; "
    + "ContainerRestarts: it totals up 'within', what was before the deployment too, so it has to be given by its id");
});

test('a service of another cluster is refused', () => {
  const stack = new Stack(new App(), 'Shop');
  const { alarms } = watched(stack, stack, stack);
  const other = new Construct(stack, 'Other');
  const { service } = watched(other, other, other);
  expect(() => alarms.deploymentAlarmsFor(service)).toThrow(/'services' must be of the given 'cluster'/);
});
