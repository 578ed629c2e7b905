// SPDX-License-Identifier: Apache-2.0
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { IMAGE, KEY_ARN, account, environmentOf, inStack, renderedContainer, renderedTask, resourceCounts, warningIds } from './fixture';
import { managedCluster } from './managed-fixture';
import { AgentFeature, AgentTransport, DatadogSidecarExtension, FargateAgentSidecar, SidecarOptions } from '../../lib/agent';

const AGENT = 'datadog-agent';

function task(compatibility = ecs.Compatibility.MANAGED_INSTANCES, networkMode?: ecs.NetworkMode) {
  const stack = inStack();
  const taskDefinition = new ecs.TaskDefinition(stack, 'Task', { compatibility, networkMode, family: 'web', cpu: '512', memoryMiB: '1024' });
  taskDefinition.addContainer('app', { image: IMAGE, logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'app' }) });
  return { stack, taskDefinition };
}

function withSidecar(options: Partial<SidecarOptions> = {}) {
  const { stack, taskDefinition } = task();
  new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack), env: 'prod', ...options });
  return stack;
}

describe('a sidecar on Managed Instances', () => {
  test('is told that it is one, and not that it runs on Fargate', () => {
    const environment = environmentOf(renderedContainer(withSidecar(), AGENT));
    expect(environment).toMatchObject({ ECS_MANAGED_INSTANCES: 'true', DD_ECS_DEPLOYMENT_MODE: 'sidecar', DD_CHECKS_TAG_CARDINALITY: 'orchestrator' });
    expect(environment).not.toHaveProperty('ECS_FARGATE');
    expect(environment).not.toHaveProperty('DD_CRI_SOCKET_PATH');
  });

  test('shares its sockets through a volume of the task and sees nothing of the host', () => {
    const stack = withSidecar();
    expect(renderedTask(stack)).toMatchObject({ RequiresCompatibilities: ['MANAGED_INSTANCES'], NetworkMode: 'awsvpc', Volumes: [{ Name: 'dd-sockets' }] });
    expect(renderedTask(stack).Volumes).toHaveLength(1);
    expect(renderedContainer(stack, AGENT).MountPoints).toEqual([{ SourceVolume: 'dd-sockets', ContainerPath: '/var/run/datadog', ReadOnly: false }]);
    expect(renderedContainer(stack, 'app').MountPoints).toEqual([{ SourceVolume: 'dd-sockets', ContainerPath: '/var/run/datadog', ReadOnly: true }]);
  });

  test('is bounded, checked, not essential, and adds no resource beside the application', () => {
    const stack = withSidecar();
    expect(renderedContainer(stack, AGENT)).toMatchObject({
      Essential: false, Memory: 256, Secrets: [{ Name: 'DD_API_KEY', ValueFrom: KEY_ARN }], HealthCheck: { Command: ['CMD-SHELL', 'agent health'] },
    });
    expect(resourceCounts(stack)).toEqual(resourceCounts(task().stack));
  });

  test('connects and tags the application', () => {
    expect(environmentOf(renderedContainer(withSidecar(), 'app'))).toEqual({
      DD_TRACE_AGENT_URL: 'unix:///var/run/datadog/apm.socket', DD_DOGSTATSD_URL: 'unix:///var/run/datadog/dsd.socket', DD_ENV: 'prod', DD_SERVICE: 'web',
    });
  });

  test('is found at localhost over the network', () => {
    const features = [AgentFeature.apm({ transport: AgentTransport.NETWORK }), AgentFeature.dogStatsD({ transport: AgentTransport.NETWORK })];
    const stack = withSidecar({ features });
    expect(environmentOf(renderedContainer(stack, 'app'))).toEqual({ DD_AGENT_HOST: '127.0.0.1', DD_ENV: 'prod', DD_SERVICE: 'web' });
    expect(renderedContainer(stack, AGENT).PortMappings).toEqual([{ ContainerPort: 8126, Protocol: 'tcp' }, { ContainerPort: 8125, Protocol: 'udp' }]);
  });

  test('shares the process namespace of the task for live processes', () => {
    expect(renderedTask(withSidecar({ features: [AgentFeature.processes()] })).PidMode).toBe('task');
  });

  test('comes as an extension too, in a task that a service runs through its capacity provider', () => {
    const { stack, taskDefinition } = task();
    const { cluster, provider } = managedCluster(stack);
    taskDefinition.addExtension(new DatadogSidecarExtension({ datadog: account(stack) }));
    new ecs.FargateService(stack, 'Service', {
      cluster,
      taskDefinition,
      minHealthyPercent: 100,
      circuitBreaker: { rollback: true },
      capacityProviderStrategies: [{ capacityProvider: provider.capacityProviderName, weight: 1 }],
    });
    Template.fromStack(stack).resourceCountIs('AWS::ECS::Service', 1);
    expect(renderedContainer(stack, AGENT).Essential).toBe(false);
    expect(warningIds(stack)).toEqual([]);
  });
});

describe('a sidecar is refused', () => {
  test.each<[string, ecs.Compatibility, ecs.NetworkMode | undefined]>([
    // Tasks would share the ports of an instance.
    ["in the host's network", ecs.Compatibility.MANAGED_INSTANCES, ecs.NetworkMode.HOST],
    ['where the task may run on EC2 as well', ecs.Compatibility.EC2_AND_MANAGED_INSTANCES, undefined],
    ['on EC2', ecs.Compatibility.EC2, undefined],
    ['on ECS Anywhere', ecs.Compatibility.EXTERNAL, undefined],
  ])('%s', (_name, compatibility, networkMode) => {
    const { stack, taskDefinition } = task(compatibility, networkMode);
    expect(() => new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack) })).toThrow(
      "'taskDefinition' must be compatible with Fargate, or with Managed Instances in network mode awsvpc and not with EC2, got: 'S/Task', which is not");
    expect(stack.node.tryFindChild('Sidecar')).toBeUndefined();
  });
});
