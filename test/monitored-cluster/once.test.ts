// SPDX-License-Identifier: Apache-2.0
import { Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import {
  account, addInstances, clusterIn, ec2Service, ec2Task, environmentOf, fargateService, fargateTask, filtersOf, monitor, newApp, newStack,
  resourceCounts, taskOf, tasksOf, vpcIn, warnings,
} from './fixture';
import { AgentDaemonService, FargateAgentSidecar } from '../../lib/agent';
import { LogForwarder } from '../../lib/logs';

const ORDERS: [string, boolean][] = [['before', false], ['after', true]];

function inOrder(isReversed: boolean, ...steps: (() => unknown)[]): void {
  (isReversed ? steps.reverse() : steps).forEach((step) => step());
}

function daemonCount(stack: Stack): number {
  return Object.keys(Template.fromStack(stack).findResources('AWS::ECS::Service', { Properties: { SchedulingStrategy: 'DAEMON' } })).length;
}

describe('two services that share one task definition', () => {
  test('have one Agent and one filter', () => {
    const stack = newStack();
    const { cluster } = monitor(stack, { vpc: vpcIn(stack) });
    const taskDefinition = fargateTask(stack);
    fargateService(stack, 'Blue', cluster, { taskDefinition });
    fargateService(stack, 'Green', cluster, { taskDefinition });
    expect(Object.keys(taskOf(stack))).toEqual(['app', 'datadog-agent']);
    expect(Object.keys(filtersOf(stack))).toHaveLength(1);
    expect(warnings(stack)).toEqual([]);
  });

  test.each(ORDERS)('are called by the family, not by the name of the one that was declared %s', (_, isReversed) => {
    const stack = newStack();
    const { cluster } = monitor(stack, { vpc: vpcIn(stack) });
    const taskDefinition = fargateTask(stack);
    inOrder(isReversed,
      () => fargateService(stack, 'Blue', cluster, { taskDefinition, serviceName: 'blue' }),
      () => fargateService(stack, 'Green', cluster, { taskDefinition, serviceName: 'green' }));
    expect(environmentOf(taskOf(stack).app).DD_SERVICE).toBe(taskDefinition.family);
  });

  test.each(ORDERS)('get what was said of the one declared %s, too', (_, isReversed) => {
    const stack = newStack();
    const monitored = monitor(stack, { vpc: vpcIn(stack) });
    const taskDefinition = fargateTask(stack);
    inOrder(isReversed,
      () => monitored.configure(fargateService(stack, 'Blue', monitored.cluster, { taskDefinition }), { service: 'checkout' }),
      () => monitored.configure(fargateService(stack, 'Green', monitored.cluster, { taskDefinition }), { version: '2' }));
    expect(environmentOf(taskOf(stack).app)).toMatchObject({ DD_SERVICE: 'checkout', DD_VERSION: '2' });
  });

  test.each(ORDERS)('and contradict each other get a warning, and the same value whoever is declared %s', (_, isReversed) => {
    const stack = newStack();
    const monitored = monitor(stack, { vpc: vpcIn(stack) });
    const taskDefinition = fargateTask(stack);
    inOrder(isReversed,
      () => monitored.configure(fargateService(stack, 'Blue', monitored.cluster, { taskDefinition }), { service: 'blue' }),
      () => monitored.configure(fargateService(stack, 'Green', monitored.cluster, { taskDefinition }), { service: 'green' }));
    expect(environmentOf(taskOf(stack).app)).toMatchObject({ DD_SERVICE: 'blue' });
    expect(warnings(stack)).toEqual(['Task sharedTaskDefinition:service']);
  });
});

describe('beside a MonitoredCluster', () => {
  test.each(ORDERS)('an explicit sidecar made %s it is the only one, and as it was asked for', (_, isReversed) => {
    const stack = newStack();
    const cluster = clusterIn(stack);
    const taskDefinition = fargateTask(stack);
    fargateService(stack, 'Web', cluster, { taskDefinition });
    inOrder(isReversed,
      () => new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack), service: 'own', memoryLimitMiB: 512 }),
      () => monitor(stack, { cluster, env: 'prod' }));
    const { app, 'datadog-agent': agent, ...others } = taskOf(stack);
    expect(others).toEqual({});
    expect(agent.Memory).toBe(512);
    expect(environmentOf(app)).toMatchObject({ DD_SERVICE: 'own' });
    expect(Object.keys(filtersOf(stack))).toHaveLength(1);
    expect(warnings(stack)).toEqual([]);
  });

  test.each(ORDERS)('an explicit daemon made %s it is the only one, and serves the services of the cluster', (_, isReversed) => {
    const stack = newStack();
    const cluster = clusterIn(stack);
    addInstances(cluster);
    ec2Service(stack, 'Billing', cluster);
    inOrder(isReversed,
      () => new AgentDaemonService(stack, 'OwnAgent', { cluster, datadog: account(stack), memoryLimitMiB: 1024 }),
      () => monitor(stack, { cluster }));
    expect(daemonCount(stack)).toBe(1);
    expect(environmentOf(taskOf(stack).app)).toHaveProperty('DD_TRACE_AGENT_URL');
    expect(warnings(stack)).toEqual([]);
  });

  test('a daemon of another cluster does not count', () => {
    const stack = newStack();
    const [cluster, other] = [clusterIn(stack), clusterIn(stack, 'OtherCluster')];
    [cluster, other].forEach(addInstances);
    new AgentDaemonService(stack, 'OtherAgent', { cluster: other, datadog: account(stack) });
    monitor(stack, { cluster });
    expect(daemonCount(stack)).toBe(2);
  });

  test.each(ORDERS)('instrument() of a daemon, called %s it, is not repeated', (_, isReversed) => {
    const stack = newStack();
    const cluster = clusterIn(stack);
    addInstances(cluster);
    const taskDefinition = ec2Task(stack);
    ec2Service(stack, 'Billing', cluster, { taskDefinition });
    const daemon = new AgentDaemonService(stack, 'OwnAgent', { cluster, datadog: account(stack) });
    inOrder(isReversed, () => daemon.instrument(taskDefinition, { service: 'billing' }), () => monitor(stack, { cluster }));
    expect(taskOf(stack).app.MountPoints).toHaveLength(1);
    expect(environmentOf(taskOf(stack).app).DD_SERVICE).toBe('billing');
    expect(warnings(stack)).toEqual([]);
  });

  test.each(ORDERS)('addTaskDefinition() called %s it is not repeated, and what it said stays', (_, isReversed) => {
    const stack = newStack();
    const cluster = clusterIn(stack);
    const taskDefinition = fargateTask(stack);
    const forwarder = new LogForwarder(stack, 'OwnForwarder', { datadog: account(stack) });
    inOrder(isReversed,
      () => forwarder.addTaskDefinition(taskDefinition, { service: 'own' }),
      () => monitor(stack, { cluster, forwarder }),
      () => fargateService(stack, 'Web', cluster, { taskDefinition }));
    expect(Object.keys(filtersOf(stack))).toHaveLength(1);
    expect(resourceCounts(stack)['AWS::Lambda::Function']).toBe(1);
    expect(warnings(stack)).toEqual([]);
  });

  test('instrument() of a task that a service runs is the same task', () => {
    const stack = newStack();
    const monitored = monitor(stack, { vpc: vpcIn(stack) });
    const service = fargateService(stack, 'Web', monitored.cluster, { serviceName: 'web' });
    monitored.instrument(service.taskDefinition, { version: '3' });
    monitored.configure(service, { env: 'prod' });
    expect(Object.keys(taskOf(stack))).toEqual(['app', 'datadog-agent']);
    expect(environmentOf(taskOf(stack).app)).toMatchObject({ DD_SERVICE: 'web', DD_VERSION: '3', DD_ENV: 'prod' });
    expect(Object.keys(filtersOf(stack))).toHaveLength(1);
  });
});

describe('two MonitoredClusters', () => {
  test('over two clusters of one stack keep apart what is theirs', () => {
    const stack = newStack();
    const clusters = ['One', 'Two'].map((id) => monitor(stack, { vpc: vpcIn(stack), env: id.toLowerCase() }, id).cluster);
    clusters.forEach((cluster, i) => fargateService(stack, `Web${i}`, cluster));
    clusters.forEach((cluster) => addInstances(cluster as ecs.Cluster));
    expect(tasksOf(stack).map(({ app }) => environmentOf(app).DD_ENV)).toEqual(['one', 'two']);
    expect(tasksOf(stack).map((task) => Object.keys(task))).toEqual([['app', 'datadog-agent'], ['app', 'datadog-agent']]);
    expect(daemonCount(stack)).toBe(2);
    const destinations = Object.values(filtersOf(stack)).map(({ Properties }) => Properties.DestinationArn['Fn::GetAtt'][0]);
    expect(new Set(destinations).size).toBe(2);
    expect(warnings(stack)).toEqual([]);
  });

  test('over one cluster are an error: its logs would arrive twice, and alarms fire twice', () => {
    const stack = newStack();
    const { cluster } = monitor(stack, { vpc: vpcIn(stack) });
    expect(() => monitor(stack, { cluster }, 'Second')).toThrow(
      "'cluster' must be watched by one MonitoredCluster of a Stage, or all its logs and alarms would be there twice, "
      + "got: 'S/Monitored/Cluster', which 'S/Monitored' watches already");
    expect(stack.node.tryFindChild('Second')).toBeUndefined();
  });

  test('over one cluster are an error also where it is imported twice', () => {
    const stack = newStack();
    const [one, two] = ['One', 'Two'].map((id) => ecs.Cluster.fromClusterAttributes(stack, id, { clusterName: 'shared', vpc: vpcIn(stack) }));
    monitor(stack, { cluster: one });
    expect(() => monitor(stack, { cluster: two }, 'Second')).toThrow(/'cluster' must be watched by one MonitoredCluster/);
  });

  test('in two Stages may each import a cluster of one name, and do not warn of each other', () => {
    const app = newApp();
    const stacks = ['Dev', 'Prod'].map((id) => new Stack(new Stage(app, id), 'S'));
    for (const stack of stacks) {
      const cluster = ecs.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'shared', vpc: vpcIn(stack), hasEc2Capacity: false });
      monitor(stack, { cluster, containerInsights: true });
      fargateService(stack, 'Web', cluster);
    }
    for (const stack of stacks) {
      expect(taskOf(stack)).toHaveProperty('datadog-agent');
      expect(warnings(stack)).toEqual([]);
    }
  });
});
