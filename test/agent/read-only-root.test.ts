// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { IMAGE, account, ec2Cluster, environmentOf, fargateTask, inStack, renderedContainer, renderedTask, warningIds } from './fixture';
import { only, withManagedDaemon } from './managed-fixture';
import { pureAccount } from './pure-account';
import { AgentDaemonService, AgentFeature, AgentPlatform, AgentTransport, FargateAgentSidecar, SidecarOptions } from '../../lib/agent';
import { planAgent } from '../../lib/agent/agent-plan';

const AGENT = 'datadog-agent';
const INIT = 'datadog-agent-config';
const writable = (SourceVolume: string, ContainerPath: string) => ({ SourceVolume, ContainerPath, ReadOnly: false });
const PATHS = [
  writable('dd-sockets', '/var/run/datadog'), writable('agent-config', '/etc/datadog-agent'), writable('agent-tmp', '/tmp'),
  writable('agent-run', '/opt/datadog-agent/run'), writable('agent-logs', '/var/log/datadog'),
];

function withSidecar(options: Partial<SidecarOptions> = {}, memoryLimitMiB = 1024) {
  const stack = inStack();
  new FargateAgentSidecar(stack, 'Sidecar', {
    taskDefinition: fargateTask(stack, 'Task', { memoryLimitMiB }), datadog: account(stack), env: 'prod', readonlyRootFilesystem: true, ...options,
  });
  return stack;
}

describe('a sidecar with a read-only root', () => {
  test('writes to volumes of the task, at the paths that Datadog names, and nowhere else', () => {
    const stack = withSidecar();
    const agent = renderedContainer(stack, AGENT);
    expect(agent.ReadonlyRootFilesystem).toBe(true);
    expect(agent.MountPoints).toEqual(PATHS);
    expect(renderedTask(stack).Volumes).toEqual(PATHS.map(({ SourceVolume }) => ({ Name: SourceVolume })));
  });

  test('starts when a container of the same image has copied its configuration and ended', () => {
    const stack = withSidecar();
    expect(renderedContainer(stack, AGENT).DependsOn).toEqual([{ ContainerName: INIT, Condition: 'SUCCESS' }]);
    expect(renderedContainer(stack, INIT)).toMatchObject({
      Image: renderedContainer(stack, AGENT).Image,
      Essential: false,
      Memory: 128,
      Command: ['/bin/sh', '-c', 'cp -nR /etc/datadog-agent/* /agent-config/ && exit 0'],
      MountPoints: [writable('agent-config', '/agent-config')],
      ReadonlyRootFilesystem: true,
      LinuxParameters: { Capabilities: { Drop: ['ALL'] } },
      LogConfiguration: { LogDriver: 'awslogs' },
    });
    expect(renderedContainer(stack, INIT).Secrets).toBeUndefined();
  });

  test('uses an image of the user for both', () => {
    const stack = withSidecar({ image: ecs.ContainerImage.fromRegistry('mirror.example/agent:7') });
    expect([AGENT, INIT].map((name) => renderedContainer(stack, name).Image)).toEqual(['mirror.example/agent:7', 'mirror.example/agent:7']);
  });

  test('does not take its helper for an application', () => {
    const stack = withSidecar();
    expect(renderedContainer(stack, INIT).Environment).toBeUndefined();
    expect(renderedContainer(stack, INIT).DockerLabels).toBeUndefined();
    expect(environmentOf(renderedContainer(stack, 'app'))).toMatchObject({ DD_ENV: 'prod' });
    expect(renderedContainer(stack, 'app').ReadonlyRootFilesystem).toBeUndefined();
    expect(warningIds(stack)).toEqual([]);
  });

  test("needs the memory of both: the task's has to hold them", () => {
    const stack = inStack();
    const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { memoryLimitMiB: 512 });
    taskDefinition.addContainer('app', { image: IMAGE, memoryLimitMiB: 256 });
    const props = { taskDefinition, datadog: account(stack) };
    expect(() => new FargateAgentSidecar(stack, 'Sidecar', { ...props, readonlyRootFilesystem: true })).toThrow(
      "hard limits of 256 MiB for the other containers and 384 MiB for the Agent exceed the task's 512 MiB");
    expect(() => new FargateAgentSidecar(stack, 'Sidecar', props)).not.toThrow();
  });

  test('needs room for both among the ten containers of a task', () => {
    const stack = inStack();
    const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { cpu: 1024, memoryLimitMiB: 4096 });
    for (let index = 0; index < 9; index++) {
      taskDefinition.addContainer(`c${index}`, { image: IMAGE });
    }
    const props = { taskDefinition, datadog: account(stack) };
    expect(() => new FargateAgentSidecar(stack, 'Sidecar', { ...props, readonlyRootFilesystem: true })).toThrow(
      "a task has at most 10 containers, and this one 9 without the Agent's datadog-agent and datadog-agent-config");
    expect(() => new FargateAgentSidecar(stack, 'Sidecar', props)).not.toThrow();
  });

  test('has a volume at its socket directory also where nobody uses sockets', () => {
    const features = [AgentFeature.apm({ transport: AgentTransport.NETWORK }), AgentFeature.dogStatsD({ transport: AgentTransport.NETWORK })];
    const stack = withSidecar({ features });
    expect(renderedContainer(stack, AGENT).MountPoints).toContainEqual(writable('dd-sockets', '/var/run/datadog'));
    expect(renderedContainer(stack, 'app').MountPoints).toBeUndefined();
  });
});

test('a daemon with a read-only root keeps what features mount from the host, and its volumes are its own', () => {
  const stack = inStack();
  new AgentDaemonService(stack, 'Daemon', { cluster: ec2Cluster(stack), datadog: account(stack), readonlyRootFilesystem: true });
  const { Volumes } = renderedTask(stack, AGENT);
  expect(Volumes).toContainEqual({ Name: 'dd-sockets', Host: { SourcePath: '/var/run/datadog' } });
  // Offsets of tailed files outlive the task.
  expect(Volumes).toContainEqual({ Name: 'pointdir', Host: { SourcePath: '/opt/datadog-agent/run' } });
  expect(Volumes).toEqual(expect.arrayContaining([{ Name: 'agent-config' }, { Name: 'agent-tmp' }, { Name: 'agent-logs' }]));
  expect(Volumes.map(({ Name }: { Name: string }) => Name)).not.toContain('agent-run');
  expect(renderedContainer(stack, AGENT)).toMatchObject({ ReadonlyRootFilesystem: true, DependsOn: [{ ContainerName: INIT, Condition: 'SUCCESS' }] });
  expect(renderedContainer(stack, INIT)).toMatchObject({ Essential: false, Memory: 128 });
});

test('a managed daemon with a read-only root writes to its sockets on the host and to empty volumes', () => {
  const { stack } = withManagedDaemon({ readonlyRootFilesystem: true });
  const { Volumes, ContainerDefinitions: [agent, init, ...others] } = only(stack, 'AWS::ECS::DaemonTaskDefinition');
  expect(others).toEqual([]);
  expect(agent).toMatchObject({ Name: AGENT, ReadonlyRootFilesystem: true, DependsOn: [{ ContainerName: INIT, Condition: 'SUCCESS' }] });
  expect(agent.MountPoints.filter(({ ReadOnly }: any) => !ReadOnly)).toEqual(PATHS);
  expect(Volumes).toEqual(expect.arrayContaining(
    [{ Name: 'dd-sockets', Host: { SourcePath: '/var/run/datadog' } }, { Name: 'agent-config' }, { Name: 'agent-tmp' }, { Name: 'agent-run' }, { Name: 'agent-logs' }]));
  expect(init).toMatchObject({
    Name: INIT,
    Image: agent.Image,
    Essential: false,
    Memory: 128,
    ReadonlyRootFilesystem: true,
    LinuxParameters: { Capabilities: { Drop: ['ALL'] } },
    MountPoints: [writable('agent-config', '/agent-config')],
  });
});

test('without the option nothing of it is there', () => {
  const stack = withSidecar({ readonlyRootFilesystem: false });
  expect(renderedTask(stack).ContainerDefinitions).toHaveLength(2);
  expect(renderedContainer(stack, AGENT).ReadonlyRootFilesystem).toBeUndefined();
});

test.each([AgentPlatform.EC2_WINDOWS_DAEMON, AgentPlatform.FARGATE_WINDOWS_SIDECAR])('a %s cannot have it', (platform) => {
  expect(() => planAgent({ platform, datadog: pureAccount() }, { readonlyRootFilesystem: true })).toThrow(
    `'readonlyRootFilesystem' must be false for a ${platform}, since Windows has none, got: 'true'`);
});
