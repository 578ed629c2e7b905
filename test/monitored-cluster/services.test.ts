// SPDX-License-Identifier: Apache-2.0
import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import {
  addInstances, awslogs, clusterIn, difference, ec2Service, ec2Task, environmentOf, fargateService, fargateTask, filtersOf, IMAGE, monitor,
  newApp, newStack, resourceCounts, taskOf, tasksOf, vpcIn, warnings,
} from './fixture';

/** A stack with a cluster, and the construct that a service is declared in. */
const PLACES: [string, (stack: Stack) => Construct][] = [
  ['in the same stack', (stack) => stack],
  ['in another stack', (stack) => new Stack(stack.node.scope as Construct, 'Other')],
  ['in a nested stack', (stack) => new NestedStack(stack, 'Nested')],
  ['in a nested stack of another stack', (stack) => new NestedStack(new Stack(stack.node.scope as Construct, 'Other'), 'Nested')],
];

const ORDERS: [string, boolean][] = [['before the MonitoredCluster', true], ['after the MonitoredCluster', false]];

describe.each(PLACES)('a service %s', (_, placeOf) => {
  describe.each(ORDERS)('declared %s', (__, isFirst) => {
    test('on Fargate gets an Agent beside it, and its logs are forwarded', () => {
      const stack = newStack();
      const cluster = clusterIn(stack);
      const place = placeOf(stack);
      const declare = [() => fargateService(place, 'Web', cluster), () => monitor(stack, { cluster, env: 'prod' })];
      (isFirst ? declare : declare.reverse()).forEach((one) => one());

      const { app, 'datadog-agent': agent } = taskOf(Stack.of(place));
      expect(agent).toMatchObject({ Essential: false, Secrets: [{ Name: 'DD_API_KEY' }] });
      expect(environmentOf(app)).toMatchObject({ DD_ENV: 'prod', DD_TRACE_AGENT_URL: 'unix:///var/run/datadog/apm.socket' });
      expect(app.MountPoints).toHaveLength(1);
      expect(Object.keys(filtersOf(Stack.of(place)))).toHaveLength(1);
      expect(warnings(Stack.of(place))).toEqual([]);
    });

    test('on EC2 talks to the daemon of the cluster, which tails it', () => {
      const stack = newStack();
      const cluster = clusterIn(stack);
      addInstances(cluster);
      const place = placeOf(stack);
      const declare = [() => ec2Service(place, 'Billing', cluster), () => monitor(stack, { cluster, env: 'prod' })];
      (isFirst ? declare : declare.reverse()).forEach((one) => one());

      const { app, ...others } = taskOf(Stack.of(place));
      expect(others).toEqual({});
      expect(environmentOf(app)).toMatchObject({ DD_ENV: 'prod', DD_TRACE_AGENT_URL: 'unix:///var/run/datadog/apm.socket' });
      Template.fromStack(stack).resourcePropertiesCountIs('AWS::ECS::Service', { SchedulingStrategy: 'DAEMON' }, 1);
      expect(warnings(Stack.of(place))).toEqual([]);
    });
  });
});

test('containers may be added after everything else', () => {
  const stack = newStack();
  const cluster = clusterIn(stack);
  addInstances(cluster);
  const [web, billing] = [new ecs.FargateTaskDefinition(stack, 'WebTask', { memoryLimitMiB: 1024 }), new ecs.Ec2TaskDefinition(stack, 'BillingTask')];
  fargateService(stack, 'Web', cluster, { taskDefinition: web });
  ec2Service(stack, 'Billing', cluster, { taskDefinition: billing });
  monitor(stack, { cluster });
  web.addContainer('late', { image: IMAGE, logging: awslogs() });
  billing.addContainer('late', { image: IMAGE, memoryLimitMiB: 128, logging: awslogs() });

  expect(tasksOf(stack).map((task) => Object.keys(task).sort())).toEqual([['datadog-agent', 'late'], ['late']]);
  for (const { late } of tasksOf(stack)) {
    expect(environmentOf(late)).toHaveProperty('DD_TRACE_AGENT_URL');
  }
  expect(Object.keys(filtersOf(stack))).toHaveLength(2);
});

test('synthesizing again, as tests and pipelines do, changes nothing', () => {
  const stack = newStack();
  const cluster = clusterIn(stack);
  addInstances(cluster);
  monitor(stack, { cluster });
  fargateService(stack, 'Web', cluster, { taskDefinition: fargateTask(stack, 'WebTask', { logging: undefined }) });
  ec2Service(stack, 'Billing', cluster);
  const first = Template.fromStack(stack).toJSON();
  const firstWarnings = warnings(stack);
  (stack.node.root as App).synth({ force: true });
  expect(Template.fromStack(stack).toJSON()).toEqual(first);
  expect(warnings(stack)).toEqual(firstWarnings);
  expect(firstWarnings).toEqual(['WebTask/app noLogRoute']);
});

describe('what a service costs', () => {
  function monitoredCosts(declare: (stack: Stack, cluster: ecs.Cluster) => void) {
    const build = (isMonitored: boolean, hasServices: boolean) => {
      const stack = newStack();
      const cluster = clusterIn(stack);
      addInstances(cluster);
      if (isMonitored) {
        monitor(stack, { cluster });
      }
      if (hasServices) {
        declare(stack, cluster);
      }
      return resourceCounts(stack);
    };
    const own = difference(build(false, false), build(false, true));
    const withMonitoring = difference(build(true, false), build(true, true));
    return difference(own, withMonitoring);
  }

  test('on Fargate with awslogs: one subscription filter, nothing else', () => {
    expect(monitoredCosts((stack, cluster) => fargateService(stack, 'Web', cluster))).toEqual({ 'AWS::Logs::SubscriptionFilter': 1 });
  });

  test('on EC2 with awslogs: one subscription filter, nothing else', () => {
    const declare = (stack: Stack, cluster: ecs.Cluster) =>
      ec2Service(stack, 'Billing', cluster, { taskDefinition: ec2Task(stack, 'BillingTask', { logging: awslogs() }) });
    expect(monitoredCosts(declare)).toEqual({ 'AWS::Logs::SubscriptionFilter': 1 });
  });

  test('on EC2 without a log driver: nothing', () => {
    expect(monitoredCosts((stack, cluster) => ec2Service(stack, 'Billing', cluster))).toEqual({});
  });

  test('twenty services: twenty filters, as many alarms as for one', () => {
    const declare = (stack: Stack, cluster: ecs.Cluster) => {
      for (let i = 0; i < 20; i += 1) {
        fargateService(stack, `Web${i}`, cluster);
      }
    };
    expect(monitoredCosts(declare)).toEqual({ 'AWS::Logs::SubscriptionFilter': 20 });
  });

  test('two containers that share one log group: one filter', () => {
    const declare = (stack: Stack, cluster: ecs.Cluster) => {
      const taskDefinition = fargateTask(stack);
      const options = taskDefinition.defaultContainer?.logDriverConfig?.options ?? {};
      taskDefinition.addContainer('other', { image: IMAGE, logging: new ecs.GenericLogDriver({ logDriver: 'awslogs', options }) });
      fargateService(stack, 'Web', cluster, { taskDefinition });
    };
    expect(monitoredCosts(declare)).toEqual({ 'AWS::Logs::SubscriptionFilter': 1 });
  });

  test('the cluster itself: a fixed set of resources, whatever runs on it', () => {
    const [plain, monitored] = [newStack(), newStack()];
    clusterIn(plain);
    monitor(monitored, { cluster: clusterIn(monitored) });
    expect(difference(resourceCounts(plain), resourceCounts(monitored))).toEqual({
      'AWS::CloudWatch::Alarm': 7,
      'AWS::Events::Rule': 1,
      'AWS::IAM::Policy': 1,
      'AWS::IAM::Role': 1,
      'AWS::Lambda::EventInvokeConfig': 1,
      'AWS::Lambda::Function': 1,
      'AWS::Lambda::Permission': 2,
      'AWS::Logs::LogGroup': 1,
      'AWS::S3::Bucket': 1,
      'AWS::S3::BucketPolicy': 1,
    });
  });
});

test('no rules are no alarms, and nobody to notify is no warning', () => {
  const stack = newStack();
  monitor(stack, { vpc: vpcIn(stack), alertRules: [] });
  Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Alarm', 0);
  expect(JSON.stringify(stack.node.findAll().flatMap(({ node }) => node.metadata))).not.toContain('alarmsWithoutActions');
});

test('the alarms watch whatever services the cluster has', () => {
  const stack = newStack();
  const { cluster, alarms } = monitor(stack, { vpc: vpcIn(stack) });
  fargateService(stack, 'Web', cluster);
  expect(alarms.alarms.map(({ node }) => node.path).sort()).toEqual(
    ['CpuUtilization', 'ForwarderErrors', 'LogErrors', 'LogsStillUndelivered', 'MemoryUtilization', 'PendingTasks', 'RunningTasks']
      .map((id) => `S/Monitored/Alarms/${id}`));
});

test('a load balancer still reaches the application, not the Agent', () => {
  const stack = newStack();
  const { cluster } = monitor(stack, { vpc: vpcIn(stack) });
  const service = fargateService(stack, 'Web', cluster, { taskDefinition: fargateTask(stack, 'WebTask', { portMappings: [{ containerPort: 80 }] }) });
  new elbv2.NetworkTargetGroup(stack, 'Group', { vpc: vpcIn(stack), port: 80, targets: [service] });
  Template.fromStack(stack).hasResourceProperties('AWS::ECS::Service', { LoadBalancers: [{ ContainerName: 'app', ContainerPort: 80 }] });
});

test('services of a cluster that nobody watches are left alone', () => {
  const app = newApp();
  const [watched, other] = [new Stack(app, 'Watched'), new Stack(app, 'Unwatched')];
  monitor(watched, { cluster: clusterIn(watched) });
  const before = new Stack(newApp(), 'Unwatched');
  for (const stack of [other, before]) {
    fargateService(stack, 'Web', clusterIn(stack));
  }
  expect(Template.fromStack(other).toJSON()).toEqual(Template.fromStack(before).toJSON());
});
