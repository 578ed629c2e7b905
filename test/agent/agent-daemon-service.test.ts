// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { KEY_ARN, account, ec2Cluster, environmentOf, inStack, renderedContainer, renderedTask } from './fixture';
import { AgentDaemonService, AgentDaemonServiceProps, AgentFeature, AgentTransport } from '../../lib/agent';

const AGENT = 'datadog-agent';

function withDaemon(props: Partial<AgentDaemonServiceProps> = {}): Stack {
  const stack = inStack();
  new AgentDaemonService(stack, 'Daemon', { cluster: ec2Cluster(stack), datadog: account(stack), ...props });
  return stack;
}

function renderedService(stack: Stack) {
  return Object.values(Template.fromStack(stack).findResources('AWS::ECS::Service'))[0].Properties;
}

describe("the Agent's task", () => {
  test('sees the instance as Datadog documents it: volumes and modes', () => {
    const stack = withDaemon();
    expect(renderedTask(stack, AGENT).Volumes).toEqual([
      { Name: 'docker_sock', Host: { SourcePath: '/var/run/docker.sock' } },
      { Name: 'proc', Host: { SourcePath: '/proc/' } },
      { Name: 'cgroup', Host: { SourcePath: '/sys/fs/cgroup/' } },
      { Name: 'dd-sockets', Host: { SourcePath: '/var/run/datadog' } },
      { Name: 'pointdir', Host: { SourcePath: '/opt/datadog-agent/run' } },
      { Name: 'containers_root', Host: { SourcePath: '/var/lib/docker/containers' } },
    ]);
    expect(renderedContainer(stack, AGENT).MountPoints).toEqual([
      { SourceVolume: 'docker_sock', ContainerPath: '/var/run/docker.sock', ReadOnly: true },
      { SourceVolume: 'proc', ContainerPath: '/host/proc', ReadOnly: true },
      { SourceVolume: 'cgroup', ContainerPath: '/host/sys/fs/cgroup', ReadOnly: true },
      // The Agent creates the sockets there.
      { SourceVolume: 'dd-sockets', ContainerPath: '/var/run/datadog', ReadOnly: false },
      { SourceVolume: 'pointdir', ContainerPath: '/opt/datadog-agent/run', ReadOnly: false },
      { SourceVolume: 'containers_root', ContainerPath: '/var/lib/docker/containers', ReadOnly: true },
    ]);
  });

  test('gets the key as a secret only, which its execution role may read and nothing else', () => {
    const stack = withDaemon();
    const agent = renderedContainer(stack, AGENT);
    expect(agent.Secrets).toEqual([{ Name: 'DD_API_KEY', ValueFrom: KEY_ARN }]);
    expect(environmentOf(agent)).not.toHaveProperty('DD_API_KEY');
    const executionRole = renderedTask(stack, AGENT).ExecutionRoleArn['Fn::GetAtt'][0];
    const statements = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'))
      .filter(({ Properties }) => Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === executionRole))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    expect(statements).toHaveLength(2);
    expect(statements).toContainEqual({ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: KEY_ARN });
    expect(statements).toContainEqual(expect.objectContaining({ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] }));
  });

  test('has a task role that may do nothing', () => {
    const stack = withDaemon();
    const taskRole = renderedTask(stack, AGENT).TaskRoleArn['Fn::GetAtt'][0];
    Template.fromStack(stack).resourcePropertiesCountIs('AWS::IAM::Policy', { Roles: [{ Ref: taskRole }] }, 0);
  });

  test('is essential, of fixed version and size, checked, and logs to a group of its own', () => {
    const stack = withDaemon();
    expect(renderedContainer(stack, AGENT)).toMatchObject({
      Essential: true,
      Image: expect.stringMatching(/^public\.ecr\.aws\/datadog\/agent:7\.\d+\.\d+$/),
      Cpu: 256,
      Memory: 512,
      HealthCheck: { Command: ['CMD-SHELL', 'agent health'], Interval: 30, Timeout: 5, Retries: 3, StartPeriod: 60 },
      LogConfiguration: { LogDriver: 'awslogs', Options: { 'awslogs-stream-prefix': AGENT, 'awslogs-region': { Ref: 'AWS::Region' } } },
    });
    Template.fromStack(stack).hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 30 }, DeletionPolicy: 'Delete' });
  });

  test('carries no unified service tags, which would stamp what it sends for others', () => {
    const environment = environmentOf(renderedContainer(withDaemon({ env: 'prod' }), AGENT));
    expect(Object.keys(environment).filter((name) => ['DD_ENV', 'DD_SERVICE', 'DD_VERSION'].includes(name))).toEqual([]);
    expect(renderedContainer(withDaemon({ env: 'prod' }), AGENT).DockerLabels).toBeUndefined();
  });

  test('shares the process namespace of the instance only for live processes', () => {
    expect(renderedTask(withDaemon(), AGENT).PidMode).toBeUndefined();
    const stack = withDaemon({ features: [AgentFeature.processes()] });
    expect(renderedTask(stack, AGENT)).toMatchObject({
      PidMode: 'host',
      Volumes: expect.arrayContaining([{ Name: 'passwd', Host: { SourcePath: '/etc/passwd' } }]),
    });
    expect(renderedContainer(stack, AGENT).MountPoints).toContainEqual({ SourceVolume: 'passwd', ContainerPath: '/etc/passwd', ReadOnly: true });
  });
});

describe('the network', () => {
  const { NETWORK } = AgentTransport;

  test('is the bridge by default and opens no port', () => {
    const stack = withDaemon();
    expect(renderedTask(stack, AGENT).NetworkMode).toBe('bridge');
    expect(renderedContainer(stack, AGENT).PortMappings).toBeUndefined();
  });

  test('opens the same port on the instance for each signal that comes over it', () => {
    const stack = withDaemon({ features: [AgentFeature.apm({ transport: NETWORK }), AgentFeature.dogStatsD({ transport: NETWORK })] });
    expect(renderedContainer(stack, AGENT).PortMappings).toEqual([
      { ContainerPort: 8126, HostPort: 8126, Protocol: 'tcp' },
      { ContainerPort: 8125, HostPort: 8125, Protocol: 'udp' },
    ]);
  });

  test("may be the instance's own", () => {
    const stack = withDaemon({ networkMode: ecs.NetworkMode.HOST, features: [AgentFeature.apm({ transport: NETWORK })] });
    expect(renderedTask(stack, AGENT).NetworkMode).toBe('host');
    expect(renderedContainer(stack, AGENT).PortMappings).toEqual([{ ContainerPort: 8126, HostPort: 8126, Protocol: 'tcp' }]);
  });

  test.each([ecs.NetworkMode.AWS_VPC, ecs.NetworkMode.NONE, ecs.NetworkMode.NAT])('%s is refused before anything is added', (networkMode) => {
    const stack = inStack();
    const cluster = ec2Cluster(stack);
    const datadog = account(stack);
    expect(() => new AgentDaemonService(stack, 'Daemon', { cluster, datadog, networkMode })).toThrow(
      `'networkMode' must be bridge or host, since applications cannot find an Agent of another, got: '${networkMode}'`);
    expect(stack.node.tryFindChild('Daemon')).toBeUndefined();
  });
});

describe('the service', () => {
  test('runs one Agent an instance, replaces it before starting the next, on Linux only', () => {
    expect(renderedService(withDaemon())).toMatchObject({
      SchedulingStrategy: 'DAEMON',
      LaunchType: 'EC2',
      // Two Agents on one instance would fight for sockets and ports.
      DeploymentConfiguration: { MinimumHealthyPercent: 0, MaximumPercent: 100, DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
      PlacementConstraints: [{ Type: 'memberOf', Expression: 'attribute:ecs.os-type == linux' }],
      EnableECSManagedTags: true,
      PropagateTags: 'SERVICE',
    });
    expect(renderedService(withDaemon())).not.toHaveProperty('DesiredCount');
    expect(renderedService(withDaemon()).EnableExecuteCommand).toBeFalsy();
  });

  test('takes what the user says instead', () => {
    const stack = withDaemon({
      cpu: 512,
      memoryLimitMiB: 1024,
      family: 'agents',
      serviceName: 'agent',
      enableECSManagedTags: false,
      propagateTags: ecs.PropagatedTagSource.TASK_DEFINITION,
      enableExecuteCommand: true,
      image: ecs.ContainerImage.fromRegistry('mirror.example/agent@sha256:0'),
      logging: ecs.LogDrivers.jsonFile(),
      healthCheck: { command: ['CMD-SHELL', '/probe.sh'] },
      environment: { DD_LOG_LEVEL: 'debug' },
      tags: { team: 'infra' },
    });
    expect(renderedService(stack)).toMatchObject({
      ServiceName: 'agent', EnableECSManagedTags: false, PropagateTags: 'TASK_DEFINITION', EnableExecuteCommand: true,
    });
    expect(renderedTask(stack, AGENT).Family).toBe('agents');
    expect(renderedContainer(stack, AGENT)).toMatchObject({
      Cpu: 512,
      Memory: 1024,
      Image: 'mirror.example/agent@sha256:0',
      LogConfiguration: { LogDriver: 'json-file' },
      HealthCheck: { Command: ['CMD-SHELL', '/probe.sh'] },
    });
    expect(environmentOf(renderedContainer(stack, AGENT))).toMatchObject({ DD_LOG_LEVEL: 'debug', DD_TAGS: 'team:infra' });
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 0);
  });

  test('uses roles that are given', () => {
    const stack = inStack();
    const role = (id: string) => new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
    const [executionRole, taskRole] = [role('Execution'), role('TaskRole')];
    new AgentDaemonService(stack, 'Daemon', { cluster: ec2Cluster(stack), datadog: account(stack), executionRole, taskRole });
    expect(renderedTask(stack, AGENT)).toMatchObject({
      ExecutionRoleArn: stack.resolve(executionRole.roleArn), TaskRoleArn: stack.resolve(taskRole.roleArn),
    });
  });

  test('two daemons in one scope work', () => {
    const stack = inStack();
    const [cluster, datadog] = [ec2Cluster(stack), account(stack)];
    new AgentDaemonService(stack, 'One', { cluster, datadog });
    new AgentDaemonService(stack, 'Two', { cluster, datadog });
    Template.fromStack(stack).resourceCountIs('AWS::ECS::Service', 2);
  });
});

describe('the cluster', () => {
  function onEmptyCluster() {
    const stack = inStack();
    const cluster = new ecs.Cluster(stack, 'Cluster');
    new AgentDaemonService(stack, 'Daemon', { cluster, datadog: account(stack) });
    return { stack, cluster };
  }

  test('that never gets EC2 capacity is an error at synthesis', () => {
    expect(() => Template.fromStack(onEmptyCluster().stack)).toThrow(
      "'cluster' must have EC2 capacity for a daemon, got: 'S/Cluster' with none; call addCapacity()");
  });

  test('may get its capacity after the daemon', () => {
    const { stack, cluster } = onEmptyCluster();
    cluster.addCapacity('Capacity', { instanceType: new ec2.InstanceType('t3.large') });
    Template.fromStack(stack).resourceCountIs('AWS::ECS::Service', 1);
  });

  test('may have instances that it does not know of, if the user says so', () => {
    const stack = inStack();
    const cluster = new ecs.Cluster(stack, 'Cluster');
    new AgentDaemonService(stack, 'Daemon', { cluster, datadog: account(stack), ec2Capacity: true });
    Template.fromStack(stack).resourceCountIs('AWS::ECS::Service', 1);
  });

  test('may be imported with what it is', () => {
    const stack = inStack();
    const cluster = ecs.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'shared', vpc: new ec2.Vpc(stack, 'Vpc'), securityGroups: [] });
    new AgentDaemonService(stack, 'Daemon', { cluster, datadog: account(stack) });
    expect(renderedService(stack).Cluster).toBe('shared');
  });

  test('that was imported by its ARN alone cannot tell, which is said before anything is added', () => {
    const stack = inStack();
    const cluster = ecs.Cluster.fromClusterArn(stack, 'Cluster', 'arn:aws:ecs:eu-west-1:111122223333:cluster/shared');
    expect(() => new AgentDaemonService(stack, 'Daemon', { cluster, datadog: account(stack) })).toThrow(/'cluster' must tell .*fromClusterAttributes/);
    expect(stack.node.tryFindChild('Daemon')).toBeUndefined();
  });
});

test.each<[string, Partial<AgentDaemonServiceProps>, string]>([
  ['an env that is no tag', { env: 'über prod' }, "'env' must start with a letter"],
  ['a key among the settings', { environment: { DD_API_KEY: 'x' } }, "'environment' must not hold keys"],
  ['a feature twice', { features: [AgentFeature.apm(), AgentFeature.apm({ transport: AgentTransport.NETWORK })] }, "'features' must hold each feature once"],
])('%s is refused before anything is added', (_name, props, message) => {
  const stack = inStack();
  const [cluster, datadog] = [ec2Cluster(stack), account(stack)];
  expect(() => new AgentDaemonService(stack, 'Daemon', { cluster, datadog, ...props })).toThrow(message);
  expect(stack.node.tryFindChild('Daemon')).toBeUndefined();
});
