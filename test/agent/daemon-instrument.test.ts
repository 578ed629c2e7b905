// SPDX-License-Identifier: Apache-2.0
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { IMAGE, account, ec2Cluster, environmentOf, inStack, renderedContainer, renderedTask, warningIds } from './fixture';
import { AgentDaemonService, AgentFeature, AgentTransport } from '../../lib/agent';

const SOCKETS = { DD_TRACE_AGENT_URL: 'unix:///var/run/datadog/apm.socket', DD_DOGSTATSD_URL: 'unix:///var/run/datadog/dsd.socket' };
const OVER_NETWORK = [AgentFeature.apm({ transport: AgentTransport.NETWORK }), AgentFeature.dogStatsD({ transport: AgentTransport.NETWORK })];

function setUp(features?: AgentFeature[], networkMode?: ecs.NetworkMode) {
  const stack = inStack();
  const daemon = new AgentDaemonService(stack, 'Daemon', { cluster: ec2Cluster(stack), datadog: account(stack), env: 'prod', features });
  const taskDefinition = new ecs.Ec2TaskDefinition(stack, 'Task', { family: 'api', networkMode });
  const add = (name: string, props: Partial<ecs.ContainerDefinitionOptions> = {}) =>
    taskDefinition.addContainer(name, { image: IMAGE, memoryLimitMiB: 128, logging: ecs.LogDrivers.jsonFile({ maxSize: '10m', maxFile: 3 }), ...props });
  return { stack, daemon, taskDefinition, add };
}

describe('an EC2 application', () => {
  test.each(['before', 'after'])('is connected and tagged when its container is added %s', (when) => {
    const { stack, daemon, taskDefinition, add } = setUp();
    if (when === 'before') {
      add('app');
    }
    daemon.instrument(taskDefinition, { service: 'web', version: '7', tags: { team: 'shop', tier: '1' } });
    if (when === 'after') {
      add('app');
    }
    const container = renderedContainer(stack, 'app');
    expect(environmentOf(container)).toEqual({ ...SOCKETS, DD_ENV: 'prod', DD_SERVICE: 'web', DD_VERSION: '7', DD_TAGS: 'team:shop,tier:1' });
    expect(container.DockerLabels).toEqual({
      'com.datadoghq.tags.env': 'prod', 'com.datadoghq.tags.service': 'web', 'com.datadoghq.tags.version': '7',
    });
    expect(container.MountPoints).toEqual([{ SourceVolume: 'dd-sockets', ContainerPath: '/var/run/datadog', ReadOnly: true }]);
    expect(renderedTask(stack, 'app').Volumes).toEqual([{ Name: 'dd-sockets', Host: { SourcePath: '/var/run/datadog' } }]);
    expect(warningIds(stack)).toEqual([]);
  });

  test('is named after its family where nobody names it, and may have an env of its own', () => {
    const { stack, daemon, taskDefinition, add } = setUp();
    add('app');
    daemon.instrument(taskDefinition, { env: 'stage' });
    expect(environmentOf(renderedContainer(stack, 'app'))).toEqual({ ...SOCKETS, DD_ENV: 'stage', DD_SERVICE: 'api' });
  });

  test('is given the same when it is instrumented twice', () => {
    const once = setUp();
    once.add('app');
    once.daemon.instrument(once.taskDefinition, { service: 'web' });
    const twice = setUp();
    twice.add('app');
    twice.daemon.instrument(twice.taskDefinition, { service: 'web' });
    twice.daemon.instrument(twice.taskDefinition, { service: 'web' });
    expect(renderedTask(twice.stack, 'app')).toEqual(renderedTask(once.stack, 'app'));
    expect(warningIds(twice.stack)).toEqual([]);
  });

  test('that is instrumented as two services keeps the first, with a warning', () => {
    const { stack, daemon, taskDefinition, add } = setUp();
    add('app');
    daemon.instrument(taskDefinition, { service: 'first' });
    daemon.instrument(taskDefinition, { service: 'second' });
    expect(environmentOf(renderedContainer(stack, 'app')).DD_SERVICE).toBe('first');
    expect(warningIds(stack)).toEqual(['cdk-ecs-datadog:ownValueKept:DD_SERVICE']);
  });

  test('gets nothing of the key, the site or the Agent', () => {
    const { stack, daemon, taskDefinition, add } = setUp();
    add('app');
    daemon.instrument(taskDefinition);
    expect(renderedContainer(stack, 'app').Secrets).toBeUndefined();
    expect(environmentOf(renderedContainer(stack, 'app'))).not.toHaveProperty('DD_SITE');
  });
});

describe('over the network', () => {
  test("an application in the instance's network finds the Agent there", () => {
    const { stack, daemon, taskDefinition, add } = setUp(OVER_NETWORK, ecs.NetworkMode.HOST);
    add('app');
    daemon.instrument(taskDefinition);
    expect(environmentOf(renderedContainer(stack, 'app'))).toEqual({ DD_ENV: 'prod', DD_SERVICE: 'api', DD_AGENT_HOST: '127.0.0.1' });
    expect(renderedContainer(stack, 'app').MountPoints).toBeUndefined();
    expect(warningIds(stack)).toEqual([]);
  });

  test.each([ecs.NetworkMode.BRIDGE, ecs.NetworkMode.AWS_VPC])('an application in %s mode is told once, whatever its containers, that its address is not known', (mode) => {
    const { stack, daemon, taskDefinition, add } = setUp(OVER_NETWORK, mode);
    add('app');
    daemon.instrument(taskDefinition);
    add('worker');
    expect(environmentOf(renderedContainer(stack, 'app'))).not.toHaveProperty('DD_AGENT_HOST');
    expect(warningIds(stack)).toEqual(['cdk-ecs-datadog:agentHostUnknown']);
    Annotations.fromStack(stack).hasWarning('/S/Task', Match.stringLikeRegexp('set DD_AGENT_HOST .* or use AgentTransport.UNIX_SOCKET'));
    Annotations.fromStack(stack).hasWarning('/S/Task', Match.stringLikeRegexp(
      "entryPoint: \\['sh', '-c', 'export DD_AGENT_HOST=\\$\\(curl -sm 2 http://169.254.169.254/latest/meta-data/local-ipv4\\); exec …'\\], .* network mode HOST"));
  });

  test('an application on an external instance is not sent to the metadata of EC2', () => {
    const stack = inStack();
    const daemon = new AgentDaemonService(stack, 'Daemon', {
      cluster: new ecs.Cluster(stack, 'Cluster'), datadog: account(stack), launchType: ecs.LaunchType.EXTERNAL, features: [...OVER_NETWORK, AgentFeature.otlp()],
    });
    const taskDefinition = new ecs.ExternalTaskDefinition(stack, 'Task');
    taskDefinition.addContainer('app', { image: IMAGE, memoryLimitMiB: 128, logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'app' }) });
    daemon.instrument(taskDefinition);
    expect(warningIds(stack)).toEqual(['cdk-ecs-datadog:agentHostUnknown', 'cdk-ecs-datadog:agentUrlUnknown:OTEL_EXPORTER_OTLP_ENDPOINT']);
    Annotations.fromStack(stack).hasNoWarning('/S/Task', Match.stringLikeRegexp('metadata|meta-data'));
    Annotations.fromStack(stack).hasWarning('/S/Task', Match.stringLikeRegexp('use AgentTransport.UNIX_SOCKET, or give the task the network mode HOST'));
  });

  test('an application that knows the address hears nothing', () => {
    const { stack, daemon, taskDefinition, add } = setUp(OVER_NETWORK);
    daemon.instrument(taskDefinition);
    add('app').addEnvironment('DD_AGENT_HOST', 'agent.internal');
    expect(environmentOf(renderedContainer(stack, 'app')).DD_AGENT_HOST).toBe('agent.internal');
    expect(warningIds(stack)).toEqual([]);
  });

  test('of one signal leaves the other its socket', () => {
    const { stack, daemon, taskDefinition, add } = setUp([AgentFeature.apm({ transport: AgentTransport.NETWORK })], ecs.NetworkMode.HOST);
    add('app');
    daemon.instrument(taskDefinition);
    expect(environmentOf(renderedContainer(stack, 'app'))).toEqual({
      DD_ENV: 'prod', DD_SERVICE: 'api', DD_AGENT_HOST: '127.0.0.1', DD_DOGSTATSD_URL: SOCKETS.DD_DOGSTATSD_URL,
    });
  });
});

describe("what fills the instance's disk while the Agent tails it", () => {
  const UNBOUNDED = 'cdk-ecs-datadog:unboundedLogFile';

  test.each<[string, ecs.LogDriver | undefined]>([
    ['no log driver, for which Docker takes its default', undefined],
    ['json-file without a size', ecs.LogDrivers.jsonFile({ maxFile: 3 })],
    ['json-file in the generic form', new ecs.GenericLogDriver({ logDriver: 'json-file', options: { 'max-file': '3' } })],
  ])('is a container with %s: the warning has the line that fixes it', (_name, logging) => {
    const { stack, daemon, taskDefinition, add } = setUp();
    daemon.instrument(taskDefinition);
    add('app', { logging });
    expect(warningIds(stack)).toEqual([UNBOUNDED]);
    Annotations.fromStack(stack).hasWarning('/S/Task/app',
      Match.stringLikeRegexp("container 'app' .* set logging: ecs.LogDrivers.jsonFile\\(\\{ maxSize: '10m', maxFile: 3 \\}\\)"));
  });

  test.each<[string, ecs.LogDriver]>([
    ['json-file with a size', ecs.LogDrivers.jsonFile({ maxSize: '10m' })],
    ['a driver that writes no such file', ecs.LogDrivers.awsLogs({ streamPrefix: 'app' })],
  ])('is not one with %s', (_name, logging) => {
    const { stack, daemon, taskDefinition, add } = setUp();
    add('app', { logging });
    daemon.instrument(taskDefinition);
    expect(warningIds(stack)).toEqual([]);
  });

  test('is nothing that an Agent without log collection speaks of', () => {
    const stack = inStack();
    const daemon = new AgentDaemonService(stack, 'Daemon', { cluster: ec2Cluster(stack), datadog: account(stack), defaultFeatures: false });
    const taskDefinition = new ecs.Ec2TaskDefinition(stack, 'Task');
    taskDefinition.addContainer('app', { image: IMAGE, memoryLimitMiB: 128 });
    daemon.instrument(taskDefinition);
    expect(warningIds(stack)).toEqual([]);
  });

  test('is said of each container once, however often the task is instrumented, and not of the log router', () => {
    const { stack, daemon, taskDefinition, add } = setUp();
    taskDefinition.addFirelensLogRouter('router', { image: IMAGE, memoryLimitMiB: 64, firelensConfig: { type: ecs.FirelensLogRouterType.FLUENTBIT } });
    daemon.instrument(taskDefinition);
    daemon.instrument(taskDefinition);
    add('app', { logging: undefined });
    add('worker', { logging: undefined });
    expect(warningIds(stack)).toEqual([UNBOUNDED, UNBOUNDED]);
  });
});

describe('what cannot reach the daemon is refused', () => {
  test.each<[string, ecs.Compatibility]>([
    ['Fargate', ecs.Compatibility.FARGATE],
    // Its sockets' host path would make Fargate refuse it.
    ['both EC2 and Fargate', ecs.Compatibility.EC2_AND_FARGATE],
    ['ECS Anywhere', ecs.Compatibility.EXTERNAL],
  ])('a task definition for %s', (_name, compatibility) => {
    const { stack, daemon } = setUp();
    const taskDefinition = new ecs.TaskDefinition(stack, 'Other', { compatibility, cpu: '256', memoryMiB: '512' });
    expect(() => daemon.instrument(taskDefinition)).toThrow(
      "'taskDefinition' must be compatible with EC2 and not with Fargate to reach the daemon, got: 'S/Other', which is not; use FargateAgentSidecar");
    expect(taskDefinition.node.children.filter(({ node }) => node.id.includes('Datadog'))).toEqual([]);
  });

  test('a service that is no tag', () => {
    const { daemon, taskDefinition } = setUp();
    expect(() => daemon.instrument(taskDefinition, { service: '1 web' })).toThrow("'service' must start with a letter");
  });
});
