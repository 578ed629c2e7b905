// SPDX-License-Identifier: Apache-2.0
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import {
  IMAGE, account, addInstances, awslogs, clusterIn, ec2Service, ec2Task, environmentOf, fargateService, filtersOf, monitor, newStack, taskOf, vpcIn,
  warnings,
} from './fixture';
import { AgentDaemonService, AgentFeature, AgentManagedDaemon, AgentTransport, TracerLibrary } from '../../lib/agent';

const WINDOWS = { cpu: 1024, memoryLimitMiB: 2048, runtimePlatform: { operatingSystemFamily: ecs.OperatingSystemFamily.WINDOWS_SERVER_2022_CORE } };

/** The operating systems of the daemons that a stack has, by their placement; `external` for one on ECS Anywhere. */
function daemons(stack: Stack): string[] {
  return Object.values(Template.fromStack(stack).findResources('AWS::ECS::Service'))
    .filter(({ Properties }) => Properties.SchedulingStrategy === 'DAEMON')
    .map(({ Properties }) => (Properties.LaunchType === 'EXTERNAL' ? 'external' : Properties.PlacementConstraints[0].Expression.split(' == ')[1]))
    .sort();
}

function addWindows(cluster: ecs.Cluster): ecs.AsgCapacityProvider {
  const machineImage = ecs.EcsOptimizedImage.windows(ecs.WindowsOptimizedVersion.SERVER_2022);
  const group = cluster.addCapacity('Windows', { instanceType: new ec2.InstanceType('m5.large'), machineImage });
  return new ecs.AsgCapacityProvider(cluster, 'WindowsProvider', { autoScalingGroup: group });
}

function addManaged(cluster: ecs.Cluster, id = 'Provider'): ecs.ManagedInstancesCapacityProvider {
  const provider = new ecs.ManagedInstancesCapacityProvider(cluster, id, {
    subnets: cluster.vpc.privateSubnets,
    securityGroups: [new ec2.SecurityGroup(cluster, `${id}Group`, { vpc: cluster.vpc })],
  });
  cluster.addManagedInstancesCapacityProvider(provider);
  return provider;
}

function managedService(stack: Stack, cluster: ecs.ICluster, props: Partial<ecs.TaskDefinitionProps> = {}): void {
  const taskDefinition = new ecs.TaskDefinition(stack, 'Task', {
    compatibility: ecs.Compatibility.MANAGED_INSTANCES, cpu: '512', memoryMiB: '1024', ...props,
  });
  taskDefinition.addContainer('app', { image: IMAGE, logging: awslogs() });
  new ecs.FargateService(stack, 'Web', { cluster, taskDefinition, minHealthyPercent: 100 });
}

describe('Fargate Windows', () => {
  test('takes the Windows sidecar, which is reached over the network', () => {
    const stack = newStack();
    const { cluster } = monitor(stack, { vpc: vpcIn(stack), env: 'prod' });
    const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', WINDOWS);
    taskDefinition.addContainer('app', { image: IMAGE, logging: awslogs() });
    fargateService(stack, 'Web', cluster, { taskDefinition });
    expect(taskOf(stack)['datadog-agent'].Image).toMatch(/-servercore$/);
    expect(environmentOf(taskOf(stack).app)).toMatchObject({ DD_ENV: 'prod', DD_AGENT_HOST: '127.0.0.1' });
    expect(taskOf(stack).app.MountPoints).toBeUndefined();
    expect(Object.keys(filtersOf(stack))).toHaveLength(1);
    expect(warnings(stack)).toEqual([]);
  });

  test('with a feature that it cannot have gets no Agent and a warning that says why, while Linux tasks have it', () => {
    const stack = newStack();
    const { cluster } = monitor(stack, { vpc: vpcIn(stack), features: [AgentFeature.apm({ transport: AgentTransport.UNIX_SOCKET })] });
    const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', WINDOWS);
    taskDefinition.addContainer('app', { image: IMAGE, logging: awslogs() });
    fargateService(stack, 'Web', cluster, { taskDefinition });
    expect(Object.keys(taskOf(stack))).toEqual(['app']);
    expect(warnings(stack)).toEqual(['Task platformNotWatched']);
  });
});

describe('EC2 Windows', () => {
  test('instances have an Agent of theirs, beside the one of the Linux instances', () => {
    const stack = newStack();
    const cluster = clusterIn(stack);
    addInstances(cluster);
    addWindows(cluster);
    monitor(stack, { cluster });
    expect(daemons(stack)).toEqual(['linux', 'windows']);
  });

  test('that cannot have the features of the cluster have no Agent, and a warning says why', () => {
    const stack = newStack();
    const cluster = clusterIn(stack);
    addInstances(cluster);
    addWindows(cluster);
    monitor(stack, { cluster, features: [AgentFeature.apm({ transport: AgentTransport.UNIX_SOCKET })] });
    const taskDefinition = new ecs.Ec2TaskDefinition(stack, 'Task', { networkMode: ecs.NetworkMode.NAT });
    taskDefinition.addContainer('app', { image: IMAGE, memoryLimitMiB: 256, logging: awslogs() });
    ec2Service(stack, 'Web', cluster, { taskDefinition });
    expect(daemons(stack)).toEqual(['linux']);
    expect(warnings(stack)).toEqual(['Monitored instancesNotWatched', 'Task platformNotWatched']);
  });

  test('alone needs no Agent for Linux', () => {
    const stack = newStack();
    const cluster = clusterIn(stack);
    addWindows(cluster);
    monitor(stack, { cluster });
    expect(daemons(stack)).toEqual(['windows']);
  });

  type Placement = { readonly task?: Partial<ecs.Ec2TaskDefinitionProps>; readonly service?: Partial<ecs.Ec2ServiceProps> };

  test.each<[string, (cluster: ecs.Cluster) => Placement]>([
    ['whose network is of Windows', () => ({ task: { networkMode: ecs.NetworkMode.NAT } })],
    ['whose service is placed by its operating system', () => ({
      service: { placementConstraints: [ecs.PlacementConstraint.memberOf('attribute:ecs.os-type == windows')] },
    })],
    ['whose service is placed on Windows instances', (cluster) => {
      const provider = addWindows(cluster);
      cluster.addAsgCapacityProvider(provider);
      return { service: { capacityProviderStrategies: [{ capacityProvider: provider.capacityProviderName, weight: 1 }] } };
    }],
  ])('a task %s talks to the Agent of the Windows instances', (_what, choose) => {
    const stack = newStack();
    const cluster = clusterIn(stack);
    addInstances(cluster);
    monitor(stack, { cluster });
    const { task, service } = choose(cluster);
    const taskDefinition = new ecs.Ec2TaskDefinition(stack, 'Task', task);
    taskDefinition.addContainer('app', { image: IMAGE, memoryLimitMiB: 256, logging: awslogs() });
    ec2Service(stack, 'Web', cluster, { taskDefinition, ...service });
    expect(daemons(stack)).toEqual(['linux', 'windows']);
    expect(taskOf(stack).app.MountPoints).toBeUndefined();
    expect(environmentOf(taskOf(stack).app)).not.toHaveProperty('DD_TRACE_AGENT_URL');
    // The address of a Windows instance is known on the instance only.
    expect(warnings(stack)).toEqual(['Task agentHostUnknown']);
  });
});

describe('ECS Anywhere', () => {
  function withEdge(stack: Stack, cluster: ecs.ICluster) {
    const taskDefinition = new ecs.ExternalTaskDefinition(stack, 'Task');
    taskDefinition.addContainer('app', { image: IMAGE, memoryLimitMiB: 256, logging: awslogs() });
    new ecs.ExternalService(stack, 'Edge', { cluster, taskDefinition, minHealthyPercent: 50 });
  }

  test('a service brings an Agent for the external instances, and reaches it through its sockets', () => {
    const stack = newStack();
    const { cluster } = monitor(stack, { vpc: vpcIn(stack) });
    withEdge(stack, cluster);
    expect(daemons(stack)).toEqual(['external']);
    expect(environmentOf(taskOf(stack).app)).toMatchObject({ DD_TRACE_AGENT_URL: 'unix:///var/run/datadog/apm.socket' });
    expect(Object.keys(filtersOf(stack))).toHaveLength(1);
    expect(warnings(stack)).toEqual([]);
  });

  test('an Agent that is there already is the only one, and EC2 instances keep theirs', () => {
    const stack = newStack();
    const cluster = clusterIn(stack);
    addInstances(cluster);
    monitor(stack, { cluster });
    withEdge(stack, cluster);
    new AgentDaemonService(stack, 'Own', { cluster, datadog: account(stack), launchType: ecs.LaunchType.EXTERNAL });
    ec2Service(stack, 'Billing', cluster, { taskDefinition: ec2Task(stack, 'BillingTask') });
    expect(daemons(stack)).toEqual(['external', 'linux']);
  });
});

describe('Managed Instances', () => {
  test('have one managed daemon, which the tasks on them reach through its sockets', () => {
    const stack = newStack();
    const cluster = clusterIn(stack);
    monitor(stack, { cluster });
    managedService(stack, cluster);
    addManaged(cluster);
    addManaged(cluster, 'Other');
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::ECS::Daemon', 1);
    expect(Object.values(template.findResources('AWS::ECS::Daemon'))[0].Properties.CapacityProviderArns).toHaveLength(2);
    expect(Object.keys(taskOf(stack))).toEqual(['app']);
    expect(environmentOf(taskOf(stack).app)).toMatchObject({ DD_TRACE_AGENT_URL: 'unix:///var/run/datadog/apm.socket' });
    expect(warnings(stack)).toEqual([]);
  });

  test('that have a managed daemon already keep it alone', () => {
    const stack = newStack();
    const cluster = clusterIn(stack);
    const provider = addManaged(cluster);
    monitor(stack, { cluster });
    new AgentManagedDaemon(stack, 'Own', { cluster, capacityProviders: [provider], datadog: account(stack) });
    managedService(stack, cluster);
    Template.fromStack(stack).resourceCountIs('AWS::ECS::Daemon', 1);
    expect(environmentOf(taskOf(stack).app)).toHaveProperty('DD_TRACE_AGENT_URL');
  });

  test('of a provider in a later stack have their daemon there, without a cycle', () => {
    const stack = newStack();
    const cluster = clusterIn(stack);
    monitor(stack, { cluster });
    const later = new Stack(stack.node.root as App, 'Later');
    const provider = new ecs.ManagedInstancesCapacityProvider(later, 'Provider', {
      subnets: cluster.vpc.privateSubnets,
      securityGroups: [new ec2.SecurityGroup(later, 'Group', { vpc: cluster.vpc })],
    });
    cluster.addManagedInstancesCapacityProvider(provider);
    Template.fromStack(later).resourceCountIs('AWS::ECS::Daemon', 1);
    Template.fromStack(stack).resourceCountIs('AWS::ECS::Daemon', 0);
  });

  test.each<[string, ecs.Compatibility, ecs.NetworkMode]>([
    ["in the host's network", ecs.Compatibility.MANAGED_INSTANCES, ecs.NetworkMode.HOST],
    ['that could run on EC2 too', ecs.Compatibility.EC2_AND_MANAGED_INSTANCES, ecs.NetworkMode.AWS_VPC],
  ])('a task %s reaches the managed daemon', (_what, compatibility, networkMode) => {
    const stack = newStack();
    const cluster = clusterIn(stack);
    addManaged(cluster);
    monitor(stack, { cluster });
    managedService(stack, cluster, { compatibility, networkMode });
    expect(daemons(stack)).toEqual([]);
    expect(environmentOf(taskOf(stack).app)).toHaveProperty('DD_TRACE_AGENT_URL');
    expect(warnings(stack)).toEqual([]);
  });

  test("that the app does not know of, for a task in the host's network: a warning", () => {
    const stack = newStack();
    const { cluster } = monitor(stack, { vpc: vpcIn(stack) });
    managedService(stack, cluster, { networkMode: ecs.NetworkMode.HOST });
    expect(warnings(stack)).toEqual(['Task platformNotWatched']);
    expect(daemons(stack)).toEqual([]);
  });

  test('that the app does not know of: the task takes the sidecar', () => {
    const stack = newStack();
    const { cluster } = monitor(stack, { vpc: vpcIn(stack) });
    managedService(stack, cluster);
    expect(Object.keys(taskOf(stack))).toEqual(['app', 'datadog-agent']);
    expect(environmentOf(taskOf(stack)['datadog-agent'])).toMatchObject({ ECS_MANAGED_INSTANCES: 'true', DD_ECS_DEPLOYMENT_MODE: 'sidecar' });
  });
});

describe('tracers', () => {
  const tracer = () => ({ containers: { app: { tracer: TracerLibrary.java() } } });

  test('are left out with a warning where they cannot work', () => {
    const stack = newStack();
    const monitored = monitor(stack, { vpc: vpcIn(stack) });
    const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', WINDOWS);
    taskDefinition.addContainer('app', { image: IMAGE, logging: awslogs() });
    monitored.configure(fargateService(stack, 'Web', monitored.cluster, { taskDefinition }), tracer());
    expect(Object.keys(taskOf(stack))).toEqual(['app', 'datadog-agent']);
    expect(warnings(stack)).toEqual(['Task tracerNotAdded']);
  });

  test('may be asked for twice, and a contradiction is an error at once', () => {
    const stack = newStack();
    const monitored = monitor(stack, { vpc: vpcIn(stack) });
    const service = fargateService(stack, 'Web', monitored.cluster);
    monitored.configure(service, tracer());
    monitored.configure(service, tracer());
    expect(() => monitored.configure(service, { containers: { other: { tracer: TracerLibrary.java('v1.60.0') } } })).toThrow('tracer');
    expect(Object.keys(taskOf(stack)).sort()).toEqual(['app', 'datadog-agent', 'datadog-tracer']);
    expect(warnings(stack)).toEqual([]);
  });
});

test("a feature of the user's own that mounts a path of the host is used where there is a host", () => {
  const stack = newStack();
  const cluster = clusterIn(stack);
  addInstances(cluster);
  const mounts = [{ volumeName: 'own', hostPath: '/own', containerPath: '/own' }];
  monitor(stack, { cluster, features: [AgentFeature.of('own', { mounts })] });
  fargateService(stack, 'Web', cluster);
  expect(taskOf(stack)['datadog-agent'].MountPoints.map(({ SourceVolume }: any) => SourceVolume)).toEqual(['dd-sockets']);
  Template.fromStack(stack).hasResourceProperties('AWS::ECS::TaskDefinition', { Volumes: Match.arrayWith([{ Name: 'own', Host: { SourcePath: '/own' } }]) });
});

test('a container that has the name of one of ours is not doubled', () => {
  const stack = newStack();
  const { cluster } = monitor(stack, { vpc: vpcIn(stack), features: [AgentFeature.workloadProtection()] });
  const service = fargateService(stack, 'Web', cluster);
  service.taskDefinition.addContainer('cws-instrumentation-init', { image: IMAGE, essential: false, logging: awslogs() });
  expect(Object.keys(taskOf(stack))).toEqual(['app', 'cws-instrumentation-init']);
  expect(warnings(stack)).toEqual(['WebTask taskTooSmall']);
});
