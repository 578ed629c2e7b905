// SPDX-License-Identifier: Apache-2.0
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { KEY_ARN, account, environmentOf, inStack, resourceCounts } from './fixture';
import { capacityProvider, daemonAgent, managedCluster, only, withManagedDaemon } from './managed-fixture';
import { AgentFeature, AgentManagedDaemon, AgentManagedDaemonProps, AgentTransport } from '../../lib/agent';

const TASK = 'AWS::ECS::DaemonTaskDefinition';
const DAEMON = 'AWS::ECS::Daemon';
const { NETWORK } = AgentTransport;

describe('the task definition of a managed daemon', () => {
  test('has the size and the mounts that Datadog documents, and the Agent as its only container', () => {
    const { stack } = withManagedDaemon();
    const task = only(stack, TASK);
    expect(task).toMatchObject({ Cpu: '256', Memory: '512' });
    expect(task.Volumes).toEqual([
      { Name: 'containerd_sock', Host: { SourcePath: '/var/run/containerd/containerd.sock' } },
      { Name: 'proc', Host: { SourcePath: '/proc/' } },
      { Name: 'cgroup', Host: { SourcePath: '/sys/fs/cgroup/' } },
      { Name: 'dd-sockets', Host: { SourcePath: '/var/run/datadog' } },
    ]);
    expect(task.ContainerDefinitions).toHaveLength(1);
    expect(daemonAgent(stack).MountPoints).toEqual([
      { SourceVolume: 'containerd_sock', ContainerPath: '/var/run/containerd/containerd.sock', ReadOnly: true },
      { SourceVolume: 'proc', ContainerPath: '/host/proc', ReadOnly: true },
      { SourceVolume: 'cgroup', ContainerPath: '/host/sys/fs/cgroup', ReadOnly: true },
      { SourceVolume: 'dd-sockets', ContainerPath: '/var/run/datadog', ReadOnly: false },
    ]);
  });

  test('has the Agent essential, of a fixed version, checked, with its key as a secret and its output in a group of its own', () => {
    const { stack } = withManagedDaemon();
    expect(daemonAgent(stack)).toMatchObject({
      Name: 'datadog-agent',
      Image: expect.stringMatching(/^public\.ecr\.aws\/datadog\/agent:7\.\d+\.\d+$/),
      Essential: true,
      HealthCheck: { Command: ['CMD-SHELL', 'agent health'], Interval: 30, Timeout: 5, Retries: 3, StartPeriod: 60 },
      Secrets: [{ Name: 'DD_API_KEY', ValueFrom: KEY_ARN }],
      LogConfiguration: { LogDriver: 'awslogs', Options: { 'awslogs-stream-prefix': 'datadog-agent', 'awslogs-region': { Ref: 'AWS::Region' } } },
    });
    Template.fromStack(stack).hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 30 }, DeletionPolicy: 'Delete' });
  });

  test('tells the Agent where it is, and that it has no logs to collect', () => {
    expect(environmentOf(daemonAgent(withManagedDaemon({ env: 'prod' }).stack) as any)).toMatchObject({
      ECS_MANAGED_INSTANCES: 'true', DD_CRI_SOCKET_PATH: '/var/run/containerd/containerd.sock', DD_LOGS_ENABLED: 'false', DD_APM_ENABLED: 'true',
    });
    expect(JSON.stringify(daemonAgent(withManagedDaemon({ env: 'prod' }).stack))).not.toMatch(/"DD_(ENV|SERVICE|VERSION)"/);
  });

  test('knows no ports, labels or network mode, which ECS has none of there', () => {
    const { stack } = withManagedDaemon({ features: [AgentFeature.apm({ transport: NETWORK }), AgentFeature.dogStatsD({ transport: NETWORK })] });
    expect(Object.keys(daemonAgent(stack))).not.toEqual(expect.arrayContaining(['PortMappings']));
    expect(Object.keys(daemonAgent(stack))).not.toEqual(expect.arrayContaining(['DockerLabels']));
    expect(only(stack, TASK)).not.toHaveProperty('NetworkMode');
    expect(environmentOf(daemonAgent(stack) as any)).toMatchObject({ DD_APM_NON_LOCAL_TRAFFIC: 'true', DD_DOGSTATSD_NON_LOCAL_TRAFFIC: 'true' });
  });

  test('shares the process namespace of the instance for live processes only', () => {
    expect(only(withManagedDaemon().stack, TASK)).not.toHaveProperty('PidMode');
    expect(only(withManagedDaemon({ features: [AgentFeature.processes()] }).stack, TASK).PidMode).toBe('shared');
  });

  test('gives the Agent the capabilities that a feature needs', () => {
    class Probe extends AgentFeature {
      public readonly name = 'probe';
      public bind() {
        return {
          capabilities: [ecs.Capability.SYS_PTRACE],
          mounts: [
            { volumeName: 'shared', hostPath: '/opt/x', containerPath: '/opt/x' },
            { volumeName: 'shared', hostPath: '/opt/x', containerPath: '/mnt/x', readOnly: false },
          ],
          initContainers: [{ name: 'prepare', command: ['/bin/true'], mounts: [{ volumeName: 'shared', hostPath: '/opt/x', containerPath: '/x', readOnly: false }] }],
        };
      }
    }
    expect(daemonAgent(withManagedDaemon().stack)).not.toHaveProperty('LinuxParameters');
    const { stack } = withManagedDaemon({ features: [new Probe()] });
    const task = only(stack, TASK);
    expect(daemonAgent(stack).LinuxParameters).toEqual({ Capabilities: { Add: ['SYS_PTRACE'] } });
    // A volume that is mounted twice is there once.
    expect(task.Volumes.filter(({ Name }: { Name: string }) => Name === 'shared')).toEqual([{ Name: 'shared', Host: { SourcePath: '/opt/x' } }]);
    expect(daemonAgent(stack).DependsOn).toEqual([{ ContainerName: 'prepare', Condition: 'SUCCESS' }]);
    expect(task.ContainerDefinitions[1]).toMatchObject({
      Name: 'prepare',
      Image: daemonAgent(stack).Image,
      Essential: false,
      Memory: 128,
      Command: ['/bin/true'],
      ReadonlyRootFilesystem: true,
      MountPoints: [{ SourceVolume: 'shared', ContainerPath: '/x', ReadOnly: false }],
      LogConfiguration: daemonAgent(stack).LogConfiguration,
    });
  });

  test('takes what the user says instead', () => {
    const { stack } = withManagedDaemon({
      cpu: 512,
      memoryLimitMiB: 1024,
      family: 'agents',
      image: ecs.ContainerImage.fromRegistry('mirror.example/agent@sha256:0'),
      healthCheck: { command: ['/probe.sh'], interval: Duration.seconds(15) },
      environment: { DD_LOG_LEVEL: 'debug' },
      tags: { team: 'infra' },
    });
    expect(only(stack, TASK)).toMatchObject({ Cpu: '512', Memory: '1024', Family: 'agents' });
    expect(daemonAgent(stack)).toMatchObject({
      Image: 'mirror.example/agent@sha256:0', HealthCheck: { Command: ['CMD-SHELL', '/probe.sh'], Interval: 15, Timeout: 5, Retries: 3 },
    });
    expect(environmentOf(daemonAgent(stack) as any)).toMatchObject({ DD_LOG_LEVEL: 'debug', DD_TAGS: 'team:infra' });
  });
});

describe('the managed daemon', () => {
  test('runs on the instances of its capacity providers, does not take them down with it, and is tagged', () => {
    const { stack, provider, cluster } = withManagedDaemon();
    const resource = only(stack, DAEMON);
    expect(resource).toEqual({
      ClusterArn: stack.resolve(cluster.clusterArn),
      DaemonTaskDefinitionArn: { 'Fn::GetAtt': [expect.stringMatching(/^DaemonTaskDefinition/), 'DaemonTaskDefinitionArn'] },
      CapacityProviderArns: [{
        'Fn::Join': ['', [
          'arn:', { Ref: 'AWS::Partition' }, ':ecs:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':capacity-provider/', stack.resolve(provider.capacityProviderName),
        ]],
      }],
      Critical: false,
      DeploymentConfiguration: { BakeTimeInMinutes: 0, DrainPercent: 25 },
      EnableECSManagedTags: true,
      PropagateTags: 'DAEMON',
    });
  });

  test('waits for its capacity providers, whose ARNs do not say so', () => {
    const [daemon] = Object.values(Template.fromStack(withManagedDaemon().stack).findResources(DAEMON));
    expect(daemon.DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^ClusterProvider/)]));
  });

  test('takes what the user says instead', () => {
    const alarm = (stack: Stack) => cloudwatch.Alarm.fromAlarmName(stack, 'Alarm', 'agent-down');
    const stack = inStack();
    const { cluster, provider } = managedCluster(stack);
    new AgentManagedDaemon(stack, 'Daemon', {
      cluster,
      capacityProviders: [provider],
      datadog: account(stack),
      critical: true,
      drainPercent: 12.5,
      bakeTime: Duration.hours(1),
      deploymentAlarms: [alarm(stack)],
      daemonName: 'agent',
      enableECSManagedTags: false,
      propagateTags: false,
    });
    expect(only(stack, DAEMON)).toMatchObject({
      Critical: true,
      DaemonName: 'agent',
      EnableECSManagedTags: false,
      DeploymentConfiguration: { Alarms: { AlarmNames: ['agent-down'], Enable: true }, BakeTimeInMinutes: 60, DrainPercent: 12.5 },
    });
    expect(only(stack, DAEMON)).not.toHaveProperty('PropagateTags');
  });

  test('serves several capacity providers', () => {
    const stack = inStack();
    const { cluster, provider } = managedCluster(stack);
    const second = capacityProvider(stack, 'Second');
    cluster.addManagedInstancesCapacityProvider(second);
    new AgentManagedDaemon(stack, 'Daemon', { cluster, capacityProviders: [provider, second], datadog: account(stack) });
    expect(only(stack, DAEMON).CapacityProviderArns).toHaveLength(2);
  });

  test('adds its two resources, two roles, the key\'s grant and a log group', () => {
    const stack = inStack();
    managedCluster(stack);
    const before = resourceCounts(stack);
    const counts = resourceCounts(withManagedDaemon().stack);
    const added = Object.entries(counts).map(([type, count]) => [type, count - (before[type] ?? 0)]).filter(([, count]) => count !== 0);
    expect(Object.fromEntries(added)).toEqual({ [TASK]: 1, [DAEMON]: 1, 'AWS::IAM::Role': 2, 'AWS::IAM::Policy': 1, 'AWS::Logs::LogGroup': 1 });
  });

  test('may be in another stack than its cluster, without a cycle', () => {
    const app = new App();
    const platform = new Stack(app, 'Platform');
    const { cluster, provider } = managedCluster(platform);
    const stack = new Stack(app, 'Monitoring');
    new AgentManagedDaemon(stack, 'Daemon', { cluster, capacityProviders: [provider], datadog: account(stack) });
    expect(JSON.stringify(only(stack, DAEMON).ClusterArn)).toContain('Fn::ImportValue');
    expect(stack.dependencies).toEqual([platform]);
    expect(() => app.synth()).not.toThrow();
  });
});

describe('what cannot be is refused before anything is added', () => {
  test.each<[string, (stack: Stack) => Partial<AgentManagedDaemonProps>, string]>([
    ['no capacity provider', () => ({ capacityProviders: [] }), "'capacityProviders' must hold at least one capacity provider, got: an empty list"],
    ['a provider of another cluster', (stack) => ({ capacityProviders: [managedCluster(stack, 'Other').provider] }),
      "'capacityProviders' must belong to the cluster 'S/Cluster', got: 'S/OtherProvider' of 'S/Other'"],
    ['drainPercent above 100', () => ({ drainPercent: 101 }), "'drainPercent' must be a number from 0 to 100, got: 101"],
    ['drainPercent that is no number', () => ({ drainPercent: NaN }), "'drainPercent' must be a number from 0 to 100, got: NaN"],
    ['bakeTime in seconds', () => ({ bakeTime: Duration.seconds(90) }), "'bakeTime' must be whole minutes, got: 1 minute 30 seconds"],
    ['bakeTime in less', () => ({ bakeTime: Duration.millis(60_001) }), "'bakeTime' must be whole minutes"],
    ['an env that is no tag', () => ({ env: '1 prod' }), "'env' must start with a letter"],
    ['log collection', () => ({ features: [AgentFeature.logCollection()] }), "'features' of a Managed Instances daemon must not hold 'logs'"],
    ['a key among the settings', () => ({ environment: { DD_API_KEY: 'x' } }), "'environment' must not hold keys"],
  ])('%s', (_name, props, message) => {
    const stack = inStack();
    const { cluster, provider } = managedCluster(stack);
    const datadog = account(stack);
    const given = props(stack);
    expect(() => new AgentManagedDaemon(stack, 'Daemon', { cluster, capacityProviders: [provider], datadog, ...given })).toThrow(message);
    expect(stack.node.tryFindChild('Daemon')).toBeUndefined();
  });

  test.each(['in one daemon', 'in two'])('one capacity provider twice %s', (where) => {
    const { stack, cluster, provider } = withManagedDaemon();
    const other = capacityProvider(stack, 'Other');
    cluster.addManagedInstancesCapacityProvider(other);
    const capacityProviders = where === 'in two' ? [other, provider] : [other, other];
    expect(() => new AgentManagedDaemon(stack, 'Second', { cluster, capacityProviders, datadog: account(stack) })).toThrow(
      `'capacityProviders' must have one Agent each, since two would fight for its sockets, got: 'S/${where === 'in two' ? 'ClusterProvider' : 'Other'}', which has one already`);
  });
});

test('two daemons for two capacity providers work', () => {
  const { stack, cluster } = withManagedDaemon();
  const other = capacityProvider(stack, 'Other');
  cluster.addManagedInstancesCapacityProvider(other);
  new AgentManagedDaemon(stack, 'Second', { cluster, capacityProviders: [other], datadog: account(stack) });
  Template.fromStack(stack).resourceCountIs(DAEMON, 2);
});

describe('a capacity provider that is on no cluster yet', () => {
  function withLateProvider() {
    const stack = inStack();
    // CDK itself says something of providers without a cluster only where it makes the instances' role.
    const ec2InstanceProfile = new iam.InstanceProfile(stack, 'InstanceProfile');
    const provider = capacityProvider(stack, 'Provider', { ec2InstanceProfile });
    const cluster = new ecs.Cluster(stack, 'Cluster');
    new AgentManagedDaemon(stack, 'Daemon', { cluster, capacityProviders: [provider], datadog: account(stack) });
    return { stack, cluster, provider };
  }

  test('may join it after the daemon', () => {
    const { stack, cluster, provider } = withLateProvider();
    cluster.addManagedInstancesCapacityProvider(provider);
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test('is an error at synthesis if it never does', () => {
    const { stack } = withLateProvider();
    expect(() => Template.fromStack(stack)).toThrow(
      "'capacityProviders' must belong to the cluster 'S/Cluster', got: 'S/Provider' without one; call addManagedInstancesCapacityProvider()");
  });

  test('is an error at synthesis if it joins another', () => {
    const { stack, provider } = withLateProvider();
    new ecs.Cluster(stack, 'Other').addManagedInstancesCapacityProvider(provider);
    expect(() => Template.fromStack(stack)).toThrow("got: 'S/Provider' of 'S/Other'");
  });
});

test('the order of features does not change the task definition', () => {
  const features = [AgentFeature.processes(), AgentFeature.apm()];
  const one = only(withManagedDaemon({ features }).stack, TASK);
  expect(only(withManagedDaemon({ features: [...features].reverse() }).stack, TASK)).toEqual(one);
});

test('a mount without a path of the host is an empty volume, which is a volume by name alone', () => {
  const feature = AgentFeature.of('scratch', {
    mounts: [{ volumeName: 'scratch', containerPath: '/scratch', readOnly: false }, { volumeName: 'data', hostPath: '/data', containerPath: '/data' }],
  });
  const { stack } = withManagedDaemon({ features: [feature] });
  const { Volumes } = only(stack, 'AWS::ECS::DaemonTaskDefinition');
  expect(Volumes).toContainEqual({ Name: 'scratch' });
  expect(Volumes).toContainEqual({ Name: 'data', Host: { SourcePath: '/data' } });
  expect(daemonAgent(stack).MountPoints).toContainEqual({ SourceVolume: 'scratch', ContainerPath: '/scratch', ReadOnly: false });
});
