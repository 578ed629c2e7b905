// SPDX-License-Identifier: Apache-2.0
import { Annotations, Stack, Stage } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import {
  addInstances, awslogs, clusterIn, ec2Service, fargateService, fargateTask, filtersOf, IMAGE, monitor, newApp, newStack, taskOf,
  vpcIn, warnings, warningText,
} from './fixture';
import { AgentFeature } from '../../lib/agent';

describe('who rolls the service out', () => {
  test.each([ecs.DeploymentControllerType.CODE_DEPLOY, ecs.DeploymentControllerType.EXTERNAL])('%s: instrumented, with a warning', (type) => {
    const stack = newStack();
    const { cluster } = monitor(stack, { vpc: vpcIn(stack) });
    fargateService(stack, 'Web', cluster, { deploymentController: { type } });
    expect(taskOf(stack)).toHaveProperty('datadog-agent');
    expect(warnings(stack)).toEqual([`Web deploymentController:${type}`]);
  });

  test('ECS, said aloud: no warning', () => {
    const stack = newStack();
    const { cluster } = monitor(stack, { vpc: vpcIn(stack) });
    fargateService(stack, 'Web', cluster, { deploymentController: { type: ecs.DeploymentControllerType.ECS } });
    expect(warnings(stack)).toEqual([]);
  });
});

describe('a service of the generated class', () => {
  test.each<[string, (cluster: ecs.ICluster) => string]>([
    ['by name', (cluster) => cluster.clusterName],
    ['by ARN', (cluster) => cluster.clusterArn],
  ])('placed %s: a warning, since it is not watched', (_, address) => {
    const stack = newStack();
    const { cluster } = monitor(stack, { vpc: vpcIn(stack) });
    new ecs.CfnService(stack, 'Bare', { cluster: address(cluster) });
    expect(warnings(stack)).toEqual(['Bare bareService']);
  });

  test('on another cluster: nothing', () => {
    const stack = newStack();
    monitor(stack, { vpc: vpcIn(stack) });
    new ecs.CfnService(stack, 'Bare', { cluster: clusterIn(stack, 'Other').clusterName });
    expect(warnings(stack)).toEqual([]);
  });
});

describe('out of reach', () => {
  function importedCluster(stack: Stack): ecs.ICluster {
    const clusterArn = 'arn:aws:ecs:eu-west-1:111122223333:cluster/shared';
    return ecs.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'shared', clusterArn, vpc: vpcIn(stack), hasEc2Capacity: false });
  }

  test.each<[string, object | undefined]>([
    ['another region', { account: '111122223333', region: 'us-east-1' }],
    ['another account', { account: '444455556666', region: 'eu-west-1' }],
    ['an environment that is not known, so that the CDK refuses references', undefined],
  ])('a service in %s is left as it was', (_, env) => {
    const app = newApp();
    const stack = new Stack(app, 'S', { env: { account: '111122223333', region: 'eu-west-1' } });
    const other = new Stack(app, 'Other', { env });
    monitor(stack, { cluster: importedCluster(stack), containerInsights: true });
    fargateService(other, 'Web', importedCluster(other));
    expect(Object.keys(taskOf(other))).toEqual(['app']);
    expect(filtersOf(other)).toEqual({});
    expect(warnings(other)).toEqual(['Web serviceElsewhere']);
    expect(warningText(other, 'serviceElsewhere')).toContain("give both stacks the same 'env'");
  });

  test('a service of another Stage is left as it was', () => {
    const app = newApp();
    const stack = new Stack(app, 'S');
    const other = new Stack(new Stage(app, 'Stage'), 'Other');
    monitor(stack, { cluster: importedCluster(stack), containerInsights: true });
    fargateService(other, 'Web', importedCluster(other));
    expect(Object.keys(taskOf(other))).toEqual(['app']);
    expect(warnings(stack)).toEqual(['Monitored otherStage:Stage/Other/Web']);
  });

  test('what is asked for by name and is out of reach is an error', () => {
    const app = newApp();
    const stack = new Stack(app, 'S', { env: { account: '111122223333', region: 'eu-west-1' } });
    const monitored = monitor(stack, { cluster: importedCluster(stack), containerInsights: true });
    const otherStage = new Stack(new Stage(app, 'Stage'), 'Other', { env: { account: '111122223333', region: 'eu-west-1' } });
    const otherRegion = new Stack(app, 'Region', { env: { account: '111122223333', region: 'us-east-1' } });
    for (const other of [otherStage, otherRegion]) {
      const service = fargateService(other, 'Web', importedCluster(other));
      expect(() => monitored.configure(service)).toThrow(/'ecsService' must be of the Stage and environment of the MonitoredCluster/);
      expect(() => monitored.instrument(service.taskDefinition)).toThrow(
        `'taskDefinition' must be of the Stage and environment of the MonitoredCluster (aws://111122223333/eu-west-1), got: '${other.node.path}/WebTask'`);
    }
  });
});

describe('a task for EC2 and Fargate', () => {
  test('that EC2 services alone run: neither the sidecar, which needs Fargate, nor the daemon, whose sockets Fargate refuses', () => {
    const stack = newStack();
    const { cluster } = monitor(stack, { vpc: vpcIn(stack) });
    addInstances(cluster as ecs.Cluster);
    ec2Service(stack, 'Billing', cluster, { taskDefinition: taskForBoth(stack) });
    expect(Object.keys(taskOf(stack))).toEqual(['app']);
    expect(taskOf(stack).app.Environment).toBeUndefined();
    expect(Object.keys(filtersOf(stack))).toHaveLength(1);
    expect(warnings(stack)).toEqual(['Task platformNotWatched']);
    expect(warningText(stack, 'platformNotWatched')).toContain('ecs.Ec2TaskDefinition');
  });

  test('that a Fargate service runs too takes the sidecar, with a warning', () => {
    const stack = newStack();
    const { cluster } = monitor(stack, { vpc: vpcIn(stack) });
    addInstances(cluster as ecs.Cluster);
    const taskDefinition = taskForBoth(stack);
    ec2Service(stack, 'Billing', cluster, { taskDefinition });
    fargateService(stack, 'Web', cluster, { taskDefinition });
    expect(Object.keys(taskOf(stack))).toEqual(['app', 'datadog-agent']);
    expect(warnings(stack)).toEqual(['Task sharedTaskDefinition:platform']);
  });
});

describe('noLogRoute', () => {
  test('names the container and the line that fixes it', () => {
    const stack = newStack();
    const { cluster } = monitor(stack, { vpc: vpcIn(stack) });
    const taskDefinition = fargateTask(stack, 'Task', { logging: undefined });
    taskDefinition.addContainer('logged', { image: IMAGE, logging: awslogs() });
    fargateService(stack, 'Web', cluster, { taskDefinition });
    expect(warnings(stack)).toEqual(['Task/app noLogRoute']);
    expect(warningText(stack, 'noLogRoute')).toContain(
      "the logs of container 'app' go nowhere: give it logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'app' })");
  });

  test('is not said of tasks that the daemon tails, but of those that it does not', () => {
    const [tailed, silent] = [true, false].map((hasLogs) => {
      const stack = newStack();
      const features = hasLogs ? [] : [AgentFeature.apm()];
      const { cluster } = monitor(stack, { vpc: vpcIn(stack), defaultFeatures: hasLogs, features });
      addInstances(cluster as ecs.Cluster);
      ec2Service(stack, 'Billing', cluster);
      return stack;
    });
    expect(warnings(tailed)).toEqual([]);
    expect(warnings(silent)).toEqual(['BillingTask/app noLogRoute']);
  });

  test('is not said of FireLens', () => {
    const stack = newStack();
    const { cluster } = monitor(stack, { vpc: vpcIn(stack) });
    fargateService(stack, 'Web', cluster, { taskDefinition: fargateTask(stack, 'Task', { logging: ecs.LogDrivers.firelens({ options: { Name: 'datadog' } }) }) });
    expect(warnings(stack).filter((warning) => warning.startsWith('Task/app'))).toEqual([]);
  });

  test('is not said of the Agent, whose output has a place of its own', () => {
    const stack = newStack();
    const { cluster } = monitor(stack, { vpc: vpcIn(stack) });
    fargateService(stack, 'Web', cluster, { taskDefinition: fargateTask(stack, 'Task', { logging: undefined }) });
    expect(taskOf(stack)['datadog-agent'].LogConfiguration.LogDriver).toBe('awslogs');
    expect(warnings(stack)).toEqual(['Task/app noLogRoute']);
  });
});

describe('taskTooSmall', () => {
  function task(stack: Stack, memoryLimitMiB: number, applicationMiB?: number): ecs.FargateTaskDefinition {
    const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { memoryLimitMiB });
    taskDefinition.addContainer('app', { image: IMAGE, memoryLimitMiB: applicationMiB, logging: awslogs() });
    return taskDefinition;
  }

  test('where the hard limits leave no room: the task is left as it was', () => {
    const [monitored, plain] = [newStack(), newStack()];
    const { cluster } = monitor(monitored, { vpc: vpcIn(monitored) });
    fargateService(monitored, 'Web', cluster, { taskDefinition: task(monitored, 512, 300) });
    fargateService(plain, 'Web', clusterIn(plain), { taskDefinition: task(plain, 512, 300) });
    expect(taskOf(monitored)).toEqual(taskOf(plain));
    expect(warnings(monitored)).toEqual(['Task taskTooSmall']);
    expect(warningText(monitored, 'taskTooSmall')).toContain('hard limits of 300 MiB');
  });

  test('where the application is left with little: the Agent is added', () => {
    const stack = newStack();
    const { cluster } = monitor(stack, { vpc: vpcIn(stack) });
    const taskDefinition = task(stack, 512);
    (taskDefinition.node.defaultChild as ecs.CfnTaskDefinition).memory = '400';
    fargateService(stack, 'Web', cluster, { taskDefinition });
    expect(taskOf(stack)).toHaveProperty('datadog-agent');
    expect(warnings(stack)).toEqual(['Task taskTooSmall']);
  });

  test('not where the limits just fit', () => {
    const stack = newStack();
    const { cluster } = monitor(stack, { vpc: vpcIn(stack) });
    fargateService(stack, 'Web', cluster, { taskDefinition: task(stack, 512, 256) });
    expect(taskOf(stack)).toHaveProperty('datadog-agent');
    expect(warnings(stack)).toEqual([]);
  });
});

// The CDK looks at the scopes above only: beforehand, a construct's own warnings are acknowledged on one of those.
test.each<[string, (stack: Stack, task: ecs.TaskDefinition) => Construct]>([
  ['the task definition', (_, task) => task],
  ['the stack', (stack) => stack],
])('warnings can be acknowledged before they are there, on %s', (_, scopeOf) => {
  const stack = newStack();
  const { cluster } = monitor(stack, { vpc: vpcIn(stack) });
  const { taskDefinition } = fargateService(stack, 'Web', cluster, { taskDefinition: fargateTask(stack, 'Task', { logging: undefined }) });
  Annotations.of(scopeOf(stack, taskDefinition)).acknowledgeWarning('cdk-ecs-datadog:noLogRoute');
  expect(warnings(stack)).toEqual([]);
});

function taskForBoth(stack: Stack): ecs.TaskDefinition {
  const taskDefinition = new ecs.TaskDefinition(stack, 'Task', { compatibility: ecs.Compatibility.EC2_AND_FARGATE, cpu: '256', memoryMiB: '1024' });
  taskDefinition.addContainer('app', { image: IMAGE, logging: awslogs() });
  return taskDefinition;
}
