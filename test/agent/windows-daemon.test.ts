// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { IMAGE, account, ec2Cluster, environmentOf, inStack, renderedContainer, renderedTask, warningIds } from './fixture';
import { AgentDaemonService, AgentDaemonServiceProps, AgentFeature, AgentTransport } from '../../lib/agent';

const AGENT = 'datadog-agent';
const PIPE = '\\\\.\\pipe\\docker_engine';
const operatingSystem = ec2.OperatingSystemType.WINDOWS;

/** Without logs, which bring mounts of their own. */
const NOTHING_ELSE = { defaultFeatures: false, features: AgentFeature.recommended() };

function withDaemon(props: Partial<AgentDaemonServiceProps> = {}) {
  const stack = inStack();
  const daemon = new AgentDaemonService(stack, 'Daemon', { cluster: ec2Cluster(stack), datadog: account(stack), operatingSystem, ...props });
  return { stack, daemon };
}

function service(stack: Stack) {
  return Object.values(Template.fromStack(stack).findResources('AWS::ECS::Service'))[0].Properties;
}

describe('the Agent on Windows instances', () => {
  test('sees them through the named pipe of Docker alone', () => {
    const { stack } = withDaemon(NOTHING_ELSE);
    expect(renderedTask(stack, AGENT).Volumes).toEqual([{ Name: 'docker_sock', Host: { SourcePath: PIPE } }]);
    expect(renderedContainer(stack, AGENT).MountPoints).toEqual([{ SourceVolume: 'docker_sock', ContainerPath: PIPE, ReadOnly: true }]);
  });

  test('is the image for Windows, of its size, without the health check that the Linux image has', () => {
    const agent = renderedContainer(withDaemon().stack, AGENT);
    expect(agent).toMatchObject({ Image: expect.stringMatching(/^public\.ecr\.aws\/datadog\/agent:7\.\d+\.\d+-servercore$/), Cpu: 512, Memory: 512 });
    expect(agent.HealthCheck).toBeUndefined();
    expect(agent.LinuxParameters).toBeUndefined();
    expect(agent.ReadonlyRootFilesystem).toBeUndefined();
  });

  test('is checked as the user says', () => {
    const { stack } = withDaemon({ healthCheck: { command: ['CMD', 'agent.exe', 'health'] } });
    expect(renderedContainer(stack, AGENT).HealthCheck.Command).toEqual(['CMD', 'agent.exe', 'health']);
  });

  test('listens on ports of the instance, since Windows has no Unix sockets', () => {
    const { stack } = withDaemon();
    expect(renderedContainer(stack, AGENT).PortMappings).toEqual([
      { ContainerPort: 8126, HostPort: 8126, Protocol: 'tcp' }, { ContainerPort: 8125, HostPort: 8125, Protocol: 'udp' },
    ]);
    expect(environmentOf(renderedContainer(stack, AGENT))).toMatchObject({ DD_APM_NON_LOCAL_TRAFFIC: 'true', DD_DOGSTATSD_NON_LOCAL_TRAFFIC: 'true' });
    expect(JSON.stringify(renderedTask(stack, AGENT))).not.toContain('/var/run');
  });

  test("runs in Windows' own network, which a template does not name, on instances with Windows only", () => {
    const { stack } = withDaemon();
    expect(renderedTask(stack, AGENT)).not.toHaveProperty('NetworkMode');
    expect(service(stack)).toMatchObject({
      SchedulingStrategy: 'DAEMON', PlacementConstraints: [{ Type: 'memberOf', Expression: 'attribute:ecs.os-type == windows' }],
    });
  });

  test.each([ecs.NetworkMode.BRIDGE, ecs.NetworkMode.HOST, ecs.NetworkMode.AWS_VPC])('in network mode %s is refused', (networkMode) => {
    expect(() => withDaemon({ networkMode })).toThrow(`'networkMode' must be nat, since applications cannot find an Agent of another, got: '${networkMode}'`);
  });

  test('with sockets is refused', () => {
    expect(() => withDaemon({ features: [AgentFeature.apm({ transport: AgentTransport.UNIX_SOCKET })] }))
      .toThrow("'transport' must be AgentTransport.NETWORK for a EC2 Windows daemon");
  });

  test('beside one for Linux watches a mixed cluster', () => {
    const stack = inStack();
    const [cluster, datadog] = [ec2Cluster(stack), account(stack)];
    new AgentDaemonService(stack, 'Linux', { cluster, datadog });
    new AgentDaemonService(stack, 'Windows', { cluster, datadog, operatingSystem });
    const constraints = Object.values(Template.fromStack(stack).findResources('AWS::ECS::Service')).map(({ Properties }) => Properties.PlacementConstraints[0].Expression);
    expect(constraints.sort()).toEqual(['attribute:ecs.os-type == linux', 'attribute:ecs.os-type == windows']);
  });
});

test('an unknown operating system is refused', () => {
  expect(() => withDaemon({ operatingSystem: ec2.OperatingSystemType.UNKNOWN })).toThrow("'operatingSystem' must be LINUX or WINDOWS, got: 'UNKNOWN'");
});

describe('a Windows application', () => {
  function instrumented(environment: { [name: string]: string } = {}) {
    const { stack, daemon } = withDaemon({ env: 'prod' });
    const taskDefinition = new ecs.Ec2TaskDefinition(stack, 'Task', { family: 'api', networkMode: ecs.NetworkMode.NAT });
    taskDefinition.addContainer('app', { image: IMAGE, memoryLimitMiB: 128, environment, logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'app' }) });
    daemon.instrument(taskDefinition, { version: '7' });
    return stack;
  }

  test('is tagged, gets no socket, and hears that it has to find the address itself', () => {
    const stack = instrumented();
    expect(environmentOf(renderedContainer(stack, 'app'))).toEqual({ DD_ENV: 'prod', DD_SERVICE: 'api', DD_VERSION: '7' });
    expect(renderedContainer(stack, 'app').MountPoints).toBeUndefined();
    expect(renderedTask(stack, 'app').Volumes).toBeUndefined();
    Annotations.fromStack(stack).hasWarning('/S/Task', Match.stringLikeRegexp('set DD_AGENT_HOST'));
    Annotations.fromStack(stack).hasNoWarning('/S/Task', Match.stringLikeRegexp('UNIX_SOCKET'));
  });

  test('that knows the address hears nothing', () => {
    expect(warningIds(instrumented({ DD_AGENT_HOST: '10.0.0.1' }))).toEqual([]);
  });
});
