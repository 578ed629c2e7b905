// SPDX-License-Identifier: Apache-2.0
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { account, ec2Cluster, inStack, renderedContainer, renderedTask } from './fixture';
import { SYSTEM_PROBE } from './system-probe-fixture';
import { AgentDaemonService, AgentDaemonServiceProps, AgentFeature } from '../../lib/agent';

const AGENT = 'datadog-agent';

function withDaemon(props: Partial<AgentDaemonServiceProps>) {
  const stack = inStack();
  new AgentDaemonService(stack, 'Daemon', { cluster: ec2Cluster(stack), datadog: account(stack), defaultFeatures: false, ...props });
  return stack;
}

describe('an Agent that looks into the kernel', () => {
  test('has the capabilities on its container, where ECS reads them, and the size that it needs', () => {
    const stack = withDaemon({ features: [AgentFeature.universalServiceMonitoring(), AgentFeature.networkMonitoring()] });
    expect(renderedContainer(stack, AGENT)).toMatchObject({ Cpu: 500, Memory: 1024 });
    expect([...renderedContainer(stack, AGENT).LinuxParameters.Capabilities.Add].sort()).toEqual(SYSTEM_PROBE);
    expect(renderedTask(stack, AGENT)).not.toHaveProperty('LinuxParameters');
    expect(renderedTask(stack, AGENT).Volumes).toContainEqual({ Name: 'debug', Host: { SourcePath: '/sys/kernel/debug' } });
    expect(renderedContainer(stack, AGENT).MountPoints).toContainEqual({ SourceVolume: 'debug', ContainerPath: '/sys/kernel/debug', ReadOnly: false });
  });

  test.each<[string, Partial<AgentDaemonServiceProps>, unknown]>([
    ['left to AppArmor unless told otherwise', {}, undefined],
    ['free of AppArmor by option', { dockerSecurityOptions: ['apparmor:unconfined'] }, ['apparmor:unconfined']],
    ['free of AppArmor on an external instance', { dockerSecurityOptions: ['apparmor:unconfined'], launchType: ecs.LaunchType.EXTERNAL }, ['apparmor:unconfined']],
  ])('is %s', (_name, props, expected) => {
    const stack = withDaemon({ features: [AgentFeature.networkMonitoring()], ...props });
    expect(renderedContainer(stack, AGENT).DockerSecurityOptions).toEqual(expected);
  });
});

test('on Windows the offsets of the logs are in a volume that Docker makes and keeps', () => {
  const stack = withDaemon({ operatingSystem: ec2.OperatingSystemType.WINDOWS, features: [AgentFeature.logCollection()] });
  expect(renderedTask(stack, AGENT).Volumes).toEqual([
    { Name: 'docker_sock', Host: { SourcePath: '\\\\.\\pipe\\docker_engine' } },
    { Name: 'pointdir', DockerVolumeConfiguration: { Autoprovision: true, Driver: 'local', Scope: 'shared' } },
    { Name: 'containers_root', Host: { SourcePath: 'c:/programdata/docker/containers' } },
  ]);
  expect(renderedContainer(stack, AGENT).MountPoints.slice(1)).toEqual([
    { SourceVolume: 'pointdir', ContainerPath: 'C:/programdata/datadog/run', ReadOnly: false },
    { SourceVolume: 'containers_root', ContainerPath: 'c:/programdata/docker/containers', ReadOnly: true },
  ]);
});
