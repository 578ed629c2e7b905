// SPDX-License-Identifier: Apache-2.0
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { IMAGE, account, ec2Cluster, environmentOf, inStack, renderedContainer, renderedTask, warningIds } from './fixture';
import { AgentDaemonService, AgentDaemonServiceProps } from '../../lib/agent';

const AGENT = 'datadog-agent';
const launchType = ecs.LaunchType.EXTERNAL;

function withDaemon(props: Partial<AgentDaemonServiceProps> = {}) {
  const stack = inStack();
  // External instances register themselves, so the cluster knows of none.
  const daemon = new AgentDaemonService(stack, 'Daemon', { cluster: new ecs.Cluster(stack, 'Cluster'), datadog: account(stack), launchType, ...props });
  return { stack, daemon };
}

describe('the Agent on ECS Anywhere', () => {
  test('is a daemon on external instances, without placement constraints, and needs no capacity in the template', () => {
    const { stack, daemon } = withDaemon();
    expect(daemon.service).toBeInstanceOf(ecs.ExternalService);
    expect(renderedTask(stack, AGENT)).toMatchObject({ RequiresCompatibilities: ['EXTERNAL'], NetworkMode: 'bridge' });
    const [service] = Object.values(Template.fromStack(stack).findResources('AWS::ECS::Service')).map(({ Properties }) => Properties);
    expect(service).toMatchObject({
      LaunchType: 'EXTERNAL',
      SchedulingStrategy: 'DAEMON',
      DeploymentConfiguration: { MinimumHealthyPercent: 0, MaximumPercent: 100, DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
      PropagateTags: 'SERVICE',
      EnableECSManagedTags: true,
    });
    expect(service).not.toHaveProperty('PlacementConstraints');
    expect(service).not.toHaveProperty('DesiredCount');
  });

  test('is the same container as on EC2 Linux', () => {
    const stack = inStack();
    new AgentDaemonService(stack, 'Daemon', { cluster: ec2Cluster(stack), datadog: account(stack) });
    const { LogConfiguration: _here, ...external } = renderedContainer(withDaemon().stack, AGENT);
    const { LogConfiguration: _there, ...onEc2 } = renderedContainer(stack, AGENT);
    expect(external).toEqual(onEc2);
    expect(renderedTask(withDaemon().stack, AGENT).Volumes).toEqual(renderedTask(stack, AGENT).Volumes);
  });

  test("may use the host's network", () => {
    expect(renderedTask(withDaemon({ networkMode: ecs.NetworkMode.HOST }).stack, AGENT).NetworkMode).toBe('host');
  });

  test.each<[string, Partial<AgentDaemonServiceProps>, string]>([
    ['awsvpc', { networkMode: ecs.NetworkMode.AWS_VPC }, "'networkMode' must be bridge or host"],
    ['Windows', { operatingSystem: ec2.OperatingSystemType.WINDOWS }, "'operatingSystem' must be LINUX for external instances, got: 'WINDOWS'"],
    ['Fargate', { launchType: ecs.LaunchType.FARGATE }, "'launchType' must be EC2 or EXTERNAL for a daemon, got: 'FARGATE'; use FargateAgentSidecar"],
  ])('%s is refused', (_name, props, message) => {
    expect(() => withDaemon(props)).toThrow(message);
  });
});

describe('an external application', () => {
  test('is connected by sockets and tagged', () => {
    const { stack, daemon } = withDaemon({ env: 'prod' });
    const taskDefinition = new ecs.ExternalTaskDefinition(stack, 'Task', { family: 'api' });
    taskDefinition.addContainer('app', { image: IMAGE, memoryLimitMiB: 128, logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'app' }) });
    daemon.instrument(taskDefinition);
    expect(environmentOf(renderedContainer(stack, 'app'))).toEqual({
      DD_TRACE_AGENT_URL: 'unix:///var/run/datadog/apm.socket', DD_DOGSTATSD_URL: 'unix:///var/run/datadog/dsd.socket', DD_ENV: 'prod', DD_SERVICE: 'api',
    });
    expect(renderedTask(stack, 'app').Volumes).toEqual([{ Name: 'dd-sockets', Host: { SourcePath: '/var/run/datadog' } }]);
    expect(warningIds(stack)).toEqual([]);
  });

  test('on EC2 cannot reach this daemon', () => {
    const { stack, daemon } = withDaemon();
    const taskDefinition = new ecs.Ec2TaskDefinition(stack, 'Task');
    expect(() => daemon.instrument(taskDefinition)).toThrow(
      "'taskDefinition' must be compatible with external instances and not with Fargate to reach the daemon, got: 'S/Task'");
  });
});
