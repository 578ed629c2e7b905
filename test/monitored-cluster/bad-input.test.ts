// SPDX-License-Identifier: Apache-2.0
import { Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { account, addInstances, clusterIn, environmentOf, fargateService, fargateTask, monitor, newApp, newStack, taskOf, vpcIn } from './fixture';
import { AgentFeature, AgentTransport } from '../../lib/agent';
import { AlertBackend, AlertRule } from '../../lib/alarms';
import { MonitoredClusterProps } from '../../lib/monitored-cluster';

describe('properties that are wrong throw before anything is added', () => {
  test.each<[string, (stack: Stack) => Partial<MonitoredClusterProps>, string]>([
    ['both cluster and vpc', (stack) => ({ cluster: clusterIn(stack), vpc: vpcIn(stack) }),
      "'cluster' and 'vpc' exclude each other, since a cluster has its network already, got: both"],
    ['an env that is no tag', () => ({ env: 'Prod!' }), "'env' must "],
    ['a tag that is none', () => ({ tags: { 'Team Name': 'shop' } }), "'tags' must "],
    ['an env twice', () => ({ env: 'prod', tags: { env: 'prod' } }), "'tags' must not hold env, got: 'env:prod'"],
    ['a feature twice with different options', () => ({ features: [AgentFeature.apm(), AgentFeature.apm({ transport: AgentTransport.NETWORK })] }),
      "'features' must hold each feature once, got: 'apm' twice with different options"],
    ['a rule twice', () => ({ alertRules: [AlertRule.cpuUtilization(), AlertRule.cpuUtilization()] }), "'alertRules' must hold each rule once"],
    ['no backend at all', () => ({ alertBackends: [] }), "'alertBackends' must hold at least one element or be left out, got: an empty list"],
    ['a rule that no backend can express', () => ({ alertRules: [AlertRule.runningContainersDropped()], alertBackends: [AlertBackend.cloudWatch()] }),
      "must be one that at least one of 'alertBackends' can express, got: "],
    ['instances on a cluster that takes no service',
      (stack) => ({ cluster: ecs.Cluster.fromClusterArn(stack, 'Cluster', 'arn:aws:ecs:eu-west-1:111122223333:cluster/c'), ec2Capacity: true }),
      "'cluster' must be one that takes services to have 'ec2Capacity', got: one of fromClusterArn(); use Cluster.fromClusterAttributes()"],
  ])('%s', (_, propsOf, message) => {
    const stack = newStack();
    const props = { datadog: account(stack), ...propsOf(stack) };
    vpcIn(stack);
    const before = stack.node.root.node.findAll().map(({ node }) => node.path);
    expect(() => monitor(stack, props)).toThrow(message);
    expect(stack.node.root.node.findAll().map(({ node }) => node.path)).toEqual(before);
    expect(Object.keys(Template.fromStack(stack).toJSON().Resources ?? {}).filter((id) => id.startsWith('Monitored'))).toEqual([]);
  });

  test('a cluster of another region, whose metrics would never arrive', () => {
    const stack = new Stack(newApp(), 'S', { env: { account: '111122223333', region: 'us-east-1' } });
    const cluster = ecs.Cluster.fromClusterArn(stack, 'Cluster', 'arn:aws:ecs:eu-west-1:111122223333:cluster/c');
    expect(() => monitor(stack, { cluster })).toThrow(/'cluster' must be in the account and region .*us-east-1.*got: 111122223333\/eu-west-1/);
    expect(stack.node.tryFindChild('Monitored')).toBeUndefined();
  });

  test('the same id may be used for a second try', () => {
    const stack = newStack();
    expect(() => monitor(stack, { env: 'Prod!' })).toThrow();
    expect(() => monitor(stack, { env: 'prod', vpc: vpcIn(stack) })).not.toThrow();
  });
});

describe('calls that are wrong throw and change nothing', () => {
  test('a task definition that was imported', () => {
    const stack = newStack();
    const monitored = monitor(stack, { vpc: vpcIn(stack) });
    const theirs = ecs.TaskDefinition.fromTaskDefinitionArn(stack, 'Theirs', 'arn:aws:ecs:eu-west-1:111122223333:task-definition/web:7');
    expect(() => monitored.instrument(theirs as ecs.TaskDefinition)).toThrow("'taskDefinition' must be declared in this app");
  });

  test('a service of another cluster', () => {
    const stack = newStack();
    const monitored = monitor(stack, { vpc: vpcIn(stack) });
    const service = fargateService(stack, 'Web', clusterIn(stack));
    const message = "'ecsService' must be placed on the cluster 'S/Monitored/Cluster', got: 'S/Web'";
    expect(() => monitored.configure(service)).toThrow(message);
    expect(() => monitored.exclude(service)).toThrow(message);
  });

  test('tags that are none', () => {
    const stack = newStack();
    const monitored = monitor(stack, { vpc: vpcIn(stack) });
    const service = fargateService(stack, 'Web', monitored.cluster, { serviceName: 'web' });
    expect(() => monitored.configure(service, { service: 'Not A Tag!' })).toThrow("'service' must ");
    expect(() => monitored.instrument(service.taskDefinition, { env: 'Prod!' })).toThrow("'env' must ");
    expect(environmentOf(taskOf(stack).app)).not.toHaveProperty('DD_ENV');
    expect(environmentOf(taskOf(stack).app).DD_SERVICE).toBe('web');
  });
});

test('tokens are never refused for being tokens', () => {
  const stack = newStack();
  const late = (value: string) => Lazy.string({ produce: () => value });
  const monitored = monitor(stack, { vpc: vpcIn(stack), env: late('prod'), tags: { team: `x-${late('shop')}` } });
  monitored.configure(fargateService(stack, 'Web', monitored.cluster), { service: late('checkout'), version: late('1') });
  expect(environmentOf(taskOf(stack).app)).toMatchObject({ DD_ENV: 'prod', DD_SERVICE: 'checkout', DD_VERSION: '1', DD_TAGS: 'team:x-shop' });
});

test('a cluster that is known to have no Container Insights is an error at synthesis that names the rules', () => {
  const stack = newStack();
  monitor(stack, { cluster: new ecs.Cluster(stack, 'Cluster', { vpc: vpcIn(stack), containerInsightsV2: ecs.ContainerInsights.DISABLED }) });
  expect(() => Template.fromStack(stack)).toThrow(/need Container Insights, which is off on the cluster: .*RunningTasks/);
});

test('what is given is not changed', () => {
  const stack = newStack();
  const props = { vpc: vpcIn(stack), tags: { team: 'shop' }, features: [AgentFeature.processes()], alertRules: [AlertRule.cpuUtilization({ above: 80 })] };
  const before = { ...props, tags: { ...props.tags }, features: [...props.features], alertRules: [...props.alertRules] };
  const { cluster } = monitor(stack, props);
  addInstances(cluster as ecs.Cluster);
  fargateService(stack, 'Web', cluster, { taskDefinition: fargateTask(stack) });
  Template.fromStack(stack);
  expect({ ...props }).toEqual(before);
});
