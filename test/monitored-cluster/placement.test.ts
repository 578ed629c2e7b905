// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import {
  IMAGE, addInstances, awslogs, clusterIn, ec2Service, environmentOf, fargateService, monitor, newStack, taskOf, tasksOf, vpcIn, warnings,
  warningText,
} from './fixture';
import { AgentFeature, AgentPlatform, AgentTransport } from '../../lib/agent';
import { placementOf } from '../../lib/monitored-cluster/task-platform';

const { EC2, EC2_AND_FARGATE, EC2_AND_MANAGED_INSTANCES, FARGATE_AND_MANAGED_INSTANCES } = ecs.Compatibility;
const OVER_NETWORK = [AgentFeature.apm({ transport: AgentTransport.NETWORK }), AgentFeature.dogStatsD({ transport: AgentTransport.NETWORK })];
const MANAGED_ADDRESS = '169.254.172.2';

/** What a service without a launch type and without a strategy of its own is made with. */
const NO_CHOICE: ecs.CapacityProviderStrategy[] = [];

function on(...providers: { readonly capacityProviderName: string }[]): ecs.CapacityProviderStrategy[] {
  return providers.map(({ capacityProviderName }) => ({ capacityProvider: capacityProviderName, weight: 1 }));
}

function addProvider(cluster: ecs.Cluster, id: 'Linux' | 'Windows'): ecs.AsgCapacityProvider {
  const machineImage = id === 'Linux' ? ecs.EcsOptimizedImage.amazonLinux2023() : ecs.EcsOptimizedImage.windows(ecs.WindowsOptimizedVersion.SERVER_2022);
  const autoScalingGroup = cluster.addCapacity(`${id}Group`, { instanceType: new ec2.InstanceType('m5.large'), machineImage });
  const provider = new ecs.AsgCapacityProvider(cluster, id, { autoScalingGroup });
  cluster.addAsgCapacityProvider(provider);
  return provider;
}

function addManaged(cluster: ecs.Cluster): ecs.ManagedInstancesCapacityProvider {
  const provider = new ecs.ManagedInstancesCapacityProvider(cluster, 'Managed', {
    subnets: cluster.vpc.privateSubnets,
    securityGroups: [new ec2.SecurityGroup(cluster, 'ManagedGroup', { vpc: cluster.vpc })],
  });
  cluster.addManagedInstancesCapacityProvider(provider);
  return provider;
}

function task(stack: Stack, compatibility: ecs.Compatibility, networkMode = ecs.NetworkMode.AWS_VPC): ecs.TaskDefinition {
  const taskDefinition = new ecs.TaskDefinition(stack, 'Task', { compatibility, networkMode, cpu: '512', memoryMiB: '1024' });
  taskDefinition.addContainer('app', { image: IMAGE, memoryLimitMiB: 256, logging: awslogs() });
  return taskDefinition;
}

describe('a service without a launch type, which runs where the cluster places its tasks by default', () => {
  test('is on Windows where the default strategy names Windows instances', () => {
    const stack = newStack();
    const cluster = clusterIn(stack);
    addProvider(cluster, 'Linux');
    cluster.addDefaultCapacityProviderStrategy(on(addProvider(cluster, 'Windows')));
    monitor(stack, { cluster });
    ec2Service(stack, 'Web', cluster, { taskDefinition: task(stack, EC2), capacityProviderStrategies: NO_CHOICE });
    // Windows has no sockets.
    expect(environmentOf(taskOf(stack).app)).not.toHaveProperty('DD_TRACE_AGENT_URL');
    expect(warnings(stack)).toEqual(['Task agentHostUnknown']);
  });

  test('is on Fargate where the default strategy says so', () => {
    const stack = newStack();
    const cluster = clusterIn(stack);
    addInstances(cluster);
    cluster.enableFargateCapacityProviders();
    cluster.addDefaultCapacityProviderStrategy([{ capacityProvider: 'FARGATE_SPOT', weight: 1 }]);
    monitor(stack, { cluster });
    ec2Service(stack, 'Web', cluster, { taskDefinition: task(stack, EC2_AND_FARGATE), capacityProviderStrategies: NO_CHOICE });
    expect(Object.keys(taskOf(stack))).toEqual(['app', 'datadog-agent']);
    expect(warnings(stack)).toEqual([]);
  });

  test('is on managed instances where the default strategy names them, also for an import that refers to the cluster', () => {
    const stack = newStack();
    const cluster = clusterIn(stack);
    addInstances(cluster);
    cluster.addDefaultCapacityProviderStrategy(on(addManaged(cluster)));
    monitor(stack, { cluster, features: OVER_NETWORK });
    const same = ecs.Cluster.fromClusterAttributes(stack, 'Same', { clusterName: cluster.clusterName, vpc: cluster.vpc, securityGroups: [] });
    ec2Service(stack, 'Web', same, { taskDefinition: task(stack, EC2_AND_MANAGED_INSTANCES), capacityProviderStrategies: NO_CHOICE });
    expect(environmentOf(taskOf(stack).app)).toMatchObject({ DD_AGENT_HOST: MANAGED_ADDRESS });
    expect(warnings(stack)).toEqual([]);
  });

  test.each<[string, ecs.CapacityProviderStrategy[]]>([
    ['and nothing says where that is', NO_CHOICE],
    ['but with a provider that the app does not make', [{ capacityProvider: 'theirs', weight: 1 }]],
  ])('%s: a warning says what to set', (_what, capacityProviderStrategies) => {
    const stack = newStack();
    const { cluster } = monitor(stack, { vpc: vpcIn(stack) });
    fargateService(stack, 'Web', cluster, { taskDefinition: task(stack, FARGATE_AND_MANAGED_INSTANCES), capacityProviderStrategies });
    expect(Object.keys(taskOf(stack))).toEqual(['app']);
    expect(warnings(stack)).toEqual(['Task platformNotWatched']);
    expect(warningText(stack, 'platformNotWatched')).toMatch(/capacityProviderStrategies of the service or in addDefaultCapacityProviderStrategy\(\)/);
  });

  test('needs to say nothing where its task can run in one place only', () => {
    const stack = newStack();
    const { cluster } = monitor(stack, { vpc: vpcIn(stack) });
    fargateService(stack, 'Web', cluster, { capacityProviderStrategies: [{ capacityProvider: 'theirs', weight: 1 }] });
    expect(Object.keys(taskOf(stack))).toEqual(['app', 'datadog-agent']);
    expect(warnings(stack)).toEqual([]);
  });
});

describe('instances of Linux and of Windows', () => {
  function mixed(stack: Stack) {
    const cluster = clusterIn(stack);
    const providers = { linux: addProvider(cluster, 'Linux'), windows: addProvider(cluster, 'Windows') };
    return { cluster, ...providers, monitored: monitor(stack, { cluster }) };
  }

  test('that nothing tells apart: the task is connected to the Agent on Linux, and a warning says what to set', () => {
    const stack = newStack();
    const { cluster } = mixed(stack);
    ec2Service(stack, 'Web', cluster, { taskDefinition: task(stack, EC2) });
    expect(environmentOf(taskOf(stack).app)).toHaveProperty('DD_TRACE_AGENT_URL');
    expect(warnings(stack)).toEqual(['Task operatingSystemUnknown']);
    expect(warningText(stack, 'operatingSystemUnknown')).toContain("'attribute:ecs.os-type == linux'");
  });

  test.each<[string, (provider: ecs.AsgCapacityProvider) => Partial<ecs.Ec2ServiceProps>]>([
    ['a constraint', () => ({ placementConstraints: [ecs.PlacementConstraint.memberOf('attribute:ecs.os-type == linux')] })],
    ['a capacity provider', (provider) => ({ capacityProviderStrategies: on(provider) })],
  ])('that %s tells apart: no warning', (_what, choose) => {
    const stack = newStack();
    const { cluster, linux } = mixed(stack);
    ec2Service(stack, 'Web', cluster, { taskDefinition: task(stack, EC2), ...choose(linux) });
    expect(environmentOf(taskOf(stack).app)).toHaveProperty('DD_TRACE_AGENT_URL');
    expect(warnings(stack)).toEqual([]);
  });

  test('of which the cluster has those of Windows alone: a task without a service is there', () => {
    const stack = newStack();
    const cluster = clusterIn(stack);
    addProvider(cluster, 'Windows');
    monitor(stack, { cluster }).instrument(task(stack, EC2));
    Template.fromStack(stack).resourceCountIs('AWS::ECS::Service', 1);
    expect(environmentOf(taskOf(stack).app)).not.toHaveProperty('DD_TRACE_AGENT_URL');
  });
});

describe('a task on managed instances that is compatible with Fargate too', () => {
  test('gets no Agent where it needs the sockets of the instance, which Fargate refuses: the warning says what to do', () => {
    const stack = newStack();
    const cluster = clusterIn(stack);
    monitor(stack, { cluster });
    fargateService(stack, 'Web', cluster, { taskDefinition: task(stack, FARGATE_AND_MANAGED_INSTANCES), capacityProviderStrategies: on(addManaged(cluster)) });
    expect(Object.keys(taskOf(stack))).toEqual(['app']);
    expect(warnings(stack)).toEqual(['Task platformNotWatched']);
    expect(warningText(stack, 'platformNotWatched')).toContain('AgentTransport.NETWORK');
  });

  test('reaches the managed daemon over the network, if that is how', () => {
    const stack = newStack();
    const cluster = clusterIn(stack);
    monitor(stack, { cluster, features: OVER_NETWORK });
    fargateService(stack, 'Web', cluster, { taskDefinition: task(stack, FARGATE_AND_MANAGED_INSTANCES), capacityProviderStrategies: on(addManaged(cluster)) });
    expect(Object.keys(taskOf(stack))).toEqual(['app']);
    expect(environmentOf(taskOf(stack).app)).toMatchObject({ DD_AGENT_HOST: MANAGED_ADDRESS, DD_SERVICE: expect.anything() });
    expect(taskOf(stack).app.MountPoints).toBeUndefined();
    expect(warnings(stack)).toEqual([]);
  });

  test('takes the sidecar for managed instances where these have no daemon', () => {
    const stack = newStack();
    const cluster = clusterIn(stack);
    const taskDefinition = task(stack, FARGATE_AND_MANAGED_INSTANCES);
    const service = fargateService(stack, 'Web', cluster, { taskDefinition, capacityProviderStrategies: on(addManaged(cluster)) });
    const reach = { cluster, hasEc2Capacity: false, applicationOn: () => undefined };
    expect(placementOf(taskDefinition, [service], reach)).toEqual({ platform: AgentPlatform.MANAGED_SIDECAR });
  });

  test('that a service runs on Fargate as well takes the sidecar for Fargate, with a warning', () => {
    const stack = newStack();
    const cluster = clusterIn(stack);
    monitor(stack, { cluster });
    const taskDefinition = task(stack, FARGATE_AND_MANAGED_INSTANCES);
    fargateService(stack, 'Web', cluster, { taskDefinition, capacityProviderStrategies: on(addManaged(cluster)) });
    fargateService(stack, 'Other', cluster, { taskDefinition });
    expect(environmentOf(taskOf(stack)['datadog-agent'])).toHaveProperty('ECS_FARGATE');
    expect(warnings(stack)).toEqual(['Task sharedTaskDefinition:platform']);
  });
});

test('a task that could run anywhere is left alone where nothing says where it does', () => {
  const stack = newStack();
  // aws-cdk-lib 2.257.0 takes it for compatible with nothing, and lets no service run it.
  monitor(stack, { vpc: vpcIn(stack) }).instrument(task(stack, ecs.Compatibility.FARGATE_AND_EC2_AND_MANAGED_INSTANCES));
  expect(warnings(stack).filter((warning) => warning !== 'Task platformNotWatched')).toEqual([]);
});

test('a task on EC2 that is compatible with Fargate too is tagged where it reaches the Agent over the network', () => {
  const stack = newStack();
  const cluster = clusterIn(stack);
  addInstances(cluster);
  monitor(stack, { cluster, env: 'prod', features: OVER_NETWORK });
  ec2Service(stack, 'Web', cluster, { taskDefinition: task(stack, EC2_AND_FARGATE) });
  expect(environmentOf(taskOf(stack).app)).toMatchObject({ DD_ENV: 'prod' });
  expect(warnings(stack)).toEqual(['Task agentHostUnknown']);
});

describe('a task for EC2 and managed instances', () => {
  function onBoth(features: AgentFeature[]) {
    const stack = newStack();
    const cluster = clusterIn(stack);
    const providers = [addProvider(cluster, 'Linux'), addManaged(cluster)];
    monitor(stack, { cluster, features });
    const taskDefinition = task(stack, EC2_AND_MANAGED_INSTANCES);
    providers.forEach((provider, index) => ec2Service(stack, `Web${index}`, cluster, { taskDefinition, capacityProviderStrategies: on(provider) }));
    return stack;
  }

  test('that runs on both reaches the Agents there through their sockets, which are at one path', () => {
    const stack = onBoth([]);
    expect(environmentOf(taskOf(stack).app)).toHaveProperty('DD_TRACE_AGENT_URL');
    expect(tasksOf(stack)).toHaveLength(1);
    Template.fromStack(stack).resourceCountIs('AWS::ECS::Daemon', 1);
    expect(warnings(stack)).toEqual([]);
  });

  test('that runs on both is not given an address, which differs: the warning says what to do', () => {
    const stack = onBoth(OVER_NETWORK);
    expect(taskOf(stack).app.Environment).toBeUndefined();
    expect(warnings(stack)).toEqual(['Task platformNotWatched']);
    expect(warningText(stack, 'platformNotWatched')).toContain('AgentTransport.UNIX_SOCKET');
  });

  test('that runs on EC2 alone, by its launch type, has nothing to do with the managed instances', () => {
    const stack = newStack();
    const cluster = clusterIn(stack);
    addInstances(cluster);
    addManaged(cluster);
    monitor(stack, { cluster, features: OVER_NETWORK });
    ec2Service(stack, 'Web', cluster, { taskDefinition: task(stack, EC2_AND_MANAGED_INSTANCES) });
    expect(environmentOf(taskOf(stack).app)).not.toHaveProperty('DD_AGENT_HOST');
    expect(warnings(stack)).toEqual(['Task agentHostUnknown']);
  });
});
