// SPDX-License-Identifier: Apache-2.0
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { AgentFeature, AgentFeatureConfig, FargateAgentSidecar, FargateAgentSidecarProps } from '../../../lib/agent';
import { IMAGE, account, inStack, renderedContainer, renderedTask, warningIds } from '../fixture';

const LOGGING = ecs.LogDrivers.awsLogs({ streamPrefix: 'app' });
const ORDER = [{ ContainerName: 'cws-instrumentation-init', Condition: 'SUCCESS' }, { ContainerName: 'datadog-agent', Condition: 'HEALTHY' }];
const MOUNT = { SourceVolume: 'cws-instrumentation-volume', ContainerPath: '/cws-instrumentation-volume', ReadOnly: true };

function protect(app: Partial<ecs.ContainerDefinitionOptions>, when: string = 'before', props: Partial<FargateAgentSidecarProps> = {},
  taskProps: ecs.FargateTaskDefinitionProps = {}) {
  const stack = inStack();
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { memoryLimitMiB: 1024, ...taskProps });
  const add = () => taskDefinition.addContainer('app', { image: IMAGE, logging: LOGGING, ...app });
  if (when === 'before') {
    add();
  }
  new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack), features: [AgentFeature.workloadProtection()], ...props });
  if (when === 'after') {
    add();
  }
  return stack;
}

describe.each(['before', 'after'])('an application that is added %s the sidecar', (when) => {
  test('is run by the wrapper, may be traced, and waits for it and the Agent', () => {
    const stack = protect({ entryPoint: ['/app'], command: ['serve'] }, when);
    expect(renderedContainer(stack, 'app')).toMatchObject({
      EntryPoint: ['/cws-instrumentation-volume/cws-instrumentation', 'trace', '--', '/app'],
      Command: ['serve'],
      LinuxParameters: { Capabilities: { Add: ['SYS_PTRACE'] } },
      DependsOn: ORDER,
      MountPoints: expect.arrayContaining([MOUNT]),
    });
    expect(renderedTask(stack).PidMode).toBe('task');
    expect(warningIds(stack)).toEqual([]);
  });

  test('without an entry point is left unwrapped, with a warning that says what to write', () => {
    const stack = protect({ command: ['serve'] }, when);
    const app = renderedContainer(stack, 'app');
    for (const property of ['EntryPoint', 'LinuxParameters', 'DependsOn']) {
      expect(app[property]).toBeUndefined();
    }
    expect(warningIds(stack)).toEqual(['cdk-ecs-datadog:entryPointUnknown']);
    Annotations.fromStack(stack).hasWarning('/S/Task/app', Match.stringLikeRegexp("container 'app' is not wrapped .*: give it entryPoint: \\['…'\\]"));
  });
});

test('the wrapper is copied by a container that nobody watches', () => {
  const stack = protect({ entryPoint: ['/app'] });
  const copier = renderedContainer(stack, 'cws-instrumentation-init');
  expect(copier).toMatchObject({ Essential: false, User: '0', ReadonlyRootFilesystem: true, Memory: 128, MountPoints: [{ ...MOUNT, ReadOnly: false }] });
  expect(copier.LinuxParameters).toEqual({ Capabilities: { Drop: ['ALL'] } });
  for (const property of ['Environment', 'DockerLabels', 'EntryPoint']) {
    expect(copier[property]).toBeUndefined();
  }
  expect(renderedContainer(stack, 'datadog-agent').DependsOn).toEqual([ORDER[0]]);
});

test('an excluded container is not wrapped, and needs no entry point', () => {
  const stack = protect({}, 'before', { containers: { app: { exclude: true } } });
  expect(renderedContainer(stack, 'app')).not.toHaveProperty('EntryPoint');
  expect(warningIds(stack)).toEqual([]);
});

describe('a feature of the user', () => {
  class OwnFeature extends AgentFeature {
    public readonly name = 'own';
    constructor(private readonly config: AgentFeatureConfig) {
      super();
    }

    public bind() {
      return this.config;
    }
  }
  const withFeature = (config: AgentFeatureConfig, taskProps: ecs.FargateTaskDefinitionProps = {}) =>
    renderedContainer(protect({}, 'before', { features: [new OwnFeature(config)] }, taskProps), 'app');

  test('may ask for a capability without a wrapper, which needs no entry point', () => {
    expect(withFeature({ applicationCapabilities: [ecs.Capability.SYS_PTRACE] }).LinuxParameters).toEqual({ Capabilities: { Add: ['SYS_PTRACE'] } });
  });

  test('may make applications wait, for the containers alone that are for them', () => {
    const init = (name: string, applicationsWait?: boolean) => ({ name, command: ['true'], applicationsWait });
    expect(withFeature({ initContainers: [init('for-agent'), init('for-all', true)] }).DependsOn).toEqual([
      { ContainerName: 'for-all', Condition: 'SUCCESS' },
    ]);
  });

  test('makes nobody wait for the health of an Agent that nobody checks', () => {
    const windows = {
      runtimePlatform: { operatingSystemFamily: ecs.OperatingSystemFamily.WINDOWS_SERVER_2022_CORE, cpuArchitecture: ecs.CpuArchitecture.X86_64 },
      cpu: 1024,
      memoryLimitMiB: 2048,
    };
    expect(withFeature({ applicationAwaitsAgent: true }).DependsOn).toEqual([ORDER[1]]);
    expect(withFeature({ applicationAwaitsAgent: true }, windows).DependsOn).toBeUndefined();
  });
});

test('the container that prepares a read-only root is no application either, and none waits for it', () => {
  const stack = protect({}, 'before', { features: [], readonlyRootFilesystem: true });
  expect(renderedContainer(stack, 'datadog-agent-config')).not.toHaveProperty('Environment');
  expect(renderedContainer(stack, 'app')).not.toHaveProperty('DependsOn');
});
