// SPDX-License-Identifier: Apache-2.0
import { CfnParameter } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { IMAGE, account, environmentOf, inStack, renderedContainer, renderedTask, warningIds } from './fixture';
import { AgentFeature, AgentTransport, FargateAgentSidecar, SidecarOptions } from '../../lib/agent';

const AGENT = 'datadog-agent';
const { WINDOWS_SERVER_2022_CORE, WINDOWS_SERVER_2019_FULL, LINUX } = ecs.OperatingSystemFamily;

function withSidecar(options: Partial<SidecarOptions> = {}, operatingSystemFamily = WINDOWS_SERVER_2022_CORE, memoryLimitMiB = 2048) {
  const stack = inStack();
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { cpu: 1024, memoryLimitMiB, family: 'web', runtimePlatform: { operatingSystemFamily } });
  taskDefinition.addContainer('app', { image: IMAGE, logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'app' }) });
  new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack), env: 'prod', ...options });
  return stack;
}

describe('a sidecar on Fargate Windows', () => {
  test.each([WINDOWS_SERVER_2022_CORE, WINDOWS_SERVER_2019_FULL])('is the image for %s, starts where that image has its files, and has no check of Linux', (family) => {
    const agent = renderedContainer(withSidecar({}, family), AGENT);
    expect(agent).toMatchObject({
      Image: expect.stringMatching(/^public\.ecr\.aws\/datadog\/agent:7\.\d+\.\d+-servercore$/), WorkingDirectory: 'C:\\', Memory: 512, Essential: false,
    });
    for (const property of ['HealthCheck', 'ReadonlyRootFilesystem', 'LinuxParameters', 'MountPoints', 'DependsOn']) {
      expect(agent[property]).toBeUndefined();
    }
    expect(environmentOf(agent)).toMatchObject({ ECS_FARGATE: 'true', DD_CHECKS_TAG_CARDINALITY: 'orchestrator' });
  });

  test('listens on ports, and applications find it at localhost without being told to', () => {
    const stack = withSidecar();
    expect(renderedContainer(stack, AGENT).PortMappings).toEqual([{ ContainerPort: 8126, Protocol: 'tcp' }, { ContainerPort: 8125, Protocol: 'udp' }]);
    expect(environmentOf(renderedContainer(stack, AGENT))).toMatchObject({ DD_APM_NON_LOCAL_TRAFFIC: 'true', DD_DOGSTATSD_NON_LOCAL_TRAFFIC: 'true' });
    expect(environmentOf(renderedContainer(stack, 'app'))).toEqual({ DD_AGENT_HOST: '127.0.0.1', DD_ENV: 'prod', DD_SERVICE: 'web' });
    expect(warningIds(stack)).toEqual([]);
  });

  test('has no volume for sockets, which Windows has none of', () => {
    const stack = withSidecar();
    expect(renderedTask(stack).Volumes).toBeUndefined();
    expect(JSON.stringify(renderedTask(stack))).not.toMatch(/dd-sockets|unix:/);
  });

  test('takes the size and the check that the user says', () => {
    const stack = withSidecar({ memoryLimitMiB: 768, healthCheck: { command: ['CMD', 'agent.exe', 'health'] } });
    expect(renderedContainer(stack, AGENT)).toMatchObject({ Memory: 768, HealthCheck: { Command: ['CMD', 'agent.exe', 'health'] } });
  });

  test.each<[string, Partial<SidecarOptions>, string]>([
    ['sockets for traces', { features: [AgentFeature.apm({ transport: AgentTransport.UNIX_SOCKET })] },
      "'transport' must be AgentTransport.NETWORK for a Fargate Windows sidecar, since the Agent has no Unix sockets on Windows"],
    ['sockets for metrics', { features: [AgentFeature.dogStatsD({ transport: AgentTransport.UNIX_SOCKET })] }, "'transport' must be AgentTransport.NETWORK"],
    ['a read-only root', { readonlyRootFilesystem: true }, "'readonlyRootFilesystem' must be false for a Fargate Windows sidecar, since Windows has none"],
    ['log collection', { features: [AgentFeature.logCollection()] }, "'features' of a Fargate Windows sidecar must not hold 'logs'"],
  ])('refuses %s', (_name, options, message) => {
    expect(() => withSidecar(options)).toThrow(message);
  });
});

test.each<[string, ecs.OperatingSystemFamily]>([
  ['Linux', LINUX],
  // Nobody knows what it will be, and most are Linux.
  ['something that is known at deployment only', ecs.OperatingSystemFamily.of(new CfnParameter(inStack(), 'Family').valueAsString)],
])('an operating system that is %s gets sockets and a check', (_name, family) => {
  const stack = inStack();
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { memoryLimitMiB: 1024 });
  (taskDefinition.node.defaultChild as ecs.CfnTaskDefinition).runtimePlatform = { operatingSystemFamily: family._operatingSystemFamily };
  taskDefinition.addContainer('app', { image: IMAGE, logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'app' }) });
  const { container } = new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack) });
  expect(container.renderContainerDefinition().healthCheck).toBeDefined();
  expect(container.mountPoints).toHaveLength(1);
});
