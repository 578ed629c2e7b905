// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import {
  IMAGE, account, addInstances, ec2Service, ec2Task, environmentOf, fargateService, fargateTask, monitor, newStack, taskOf, vpcIn, warnings,
} from './fixture';
import { AgentDaemonService, DatadogSidecarExtension, FargateAgentSidecar } from '../../lib/agent';

type AddAgent = (stack: Stack, taskDefinition: ecs.FargateTaskDefinition) => void;

const AGENTS: [string, AddAgent][] = [
  ["the user's own container", (_, taskDefinition) => taskDefinition.addContainer('datadog-agent', { image: IMAGE, logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'agent' }) })],
  ['a FargateAgentSidecar', (stack, taskDefinition) => new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack) })],
  ['a DatadogSidecarExtension', (stack, taskDefinition) => taskDefinition.addExtension(new DatadogSidecarExtension({ datadog: account(stack) }))],
];

describe.each(AGENTS)('a task whose Agent is %s', (_, addAgent) => {
  test.each([['before', false], ['after', true]])('gets tags but no second Agent, added %s the MonitoredCluster', (__, isLate) => {
    const stack = newStack();
    const taskDefinition = fargateTask(stack);
    if (!isLate) {
      addAgent(stack, taskDefinition);
    }
    const monitored = monitor(stack, { vpc: vpcIn(stack), env: 'prod', tags: { team: 'shop' } });
    const service = fargateService(stack, 'Web', monitored.cluster, { taskDefinition });
    monitored.configure(service, { service: 'checkout', version: '1.4.2', tags: { tier: '1' } });
    if (isLate) {
      addAgent(stack, taskDefinition);
    }
    const { app, ...others } = taskOf(stack);
    expect(Object.keys(others)).toEqual(['datadog-agent']);
    expect(environmentOf(app)).toMatchObject({ DD_ENV: 'prod', DD_SERVICE: 'checkout', DD_VERSION: '1.4.2', DD_TAGS: 'team:shop,tier:1' });
    expect(app.DockerLabels).toEqual({
      'com.datadoghq.tags.env': 'prod', 'com.datadoghq.tags.service': 'checkout', 'com.datadoghq.tags.version': '1.4.2',
    });
    expect(warnings(stack)).toEqual([]);
  });

  test("keeps the container's own values, and says so", () => {
    const stack = newStack();
    const taskDefinition = fargateTask(stack, 'Task', { environment: { DD_ENV: 'own' } });
    addAgent(stack, taskDefinition);
    const { cluster } = monitor(stack, { vpc: vpcIn(stack), env: 'prod' });
    fargateService(stack, 'Web', cluster, { taskDefinition });
    const { app } = taskOf(stack);
    expect(environmentOf(app).DD_ENV).toBe('own');
    expect(app.DockerLabels['com.datadoghq.tags.env']).toBe('own');
    expect(warnings(stack)).toEqual(['Task/app ownValueKept:DD_ENV']);
  });
});

test("the way to an Agent of the user's own is the user's to say", () => {
  const stack = newStack();
  const taskDefinition = fargateTask(stack, 'Task', { environment: { DD_AGENT_HOST: '127.0.0.1' } });
  AGENTS[0][1](stack, taskDefinition);
  fargateService(stack, 'Web', monitor(stack, { vpc: vpcIn(stack) }).cluster, { taskDefinition });
  expect(environmentOf(taskOf(stack).app)).toEqual({ DD_AGENT_HOST: '127.0.0.1', DD_SERVICE: expect.anything() });
  expect(taskOf(stack).app.MountPoints ?? []).toEqual([]);
});

test('an Agent within an EC2 task is the one that its applications talk to', () => {
  const stack = newStack();
  const { cluster } = monitor(stack, { vpc: vpcIn(stack), env: 'prod' });
  addInstances(cluster as ecs.Cluster);
  const taskDefinition = ec2Task(stack, 'Task');
  taskDefinition.addContainer('datadog-agent', { image: IMAGE, memoryLimitMiB: 256 });
  ec2Service(stack, 'Billing', cluster, { taskDefinition });
  expect(environmentOf(taskOf(stack).app)).toMatchObject({ DD_ENV: 'prod' });
  expect(environmentOf(taskOf(stack).app)).not.toHaveProperty('DD_TRACE_AGENT_URL');
});

describe('what an explicit construct says of a task', () => {
  test('stays on Fargate, where the cluster says otherwise, with a warning; tags add up', () => {
    const stack = newStack();
    const taskDefinition = fargateTask(stack);
    new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack), env: 'stage', service: 'own', tags: { team: 'pay' } });
    const monitored = monitor(stack, { vpc: vpcIn(stack), env: 'prod', tags: { team: 'shop', area: 'eu' } });
    monitored.configure(fargateService(stack, 'Web', monitored.cluster, { taskDefinition }), { service: 'checkout' });
    const tags = environmentOf(taskOf(stack).app);
    expect(tags).toMatchObject({ DD_ENV: 'stage', DD_SERVICE: 'own' });
    expect(tags.DD_TAGS.split(',').sort()).toEqual(['area:eu', 'team:pay']);
    expect(warnings(stack)).toEqual(['Task/app ownValueKept:DD_ENV', 'Task/app ownValueKept:DD_SERVICE']);
  });

  test('stays on EC2, and what it left open is filled in', () => {
    const stack = newStack();
    const monitored = monitor(stack, { vpc: vpcIn(stack), env: 'prod' });
    addInstances(monitored.cluster as ecs.Cluster);
    const daemon = new AgentDaemonService(stack, 'Daemon', { cluster: monitored.cluster, datadog: account(stack) });
    const service = ec2Service(stack, 'Billing', monitored.cluster);
    daemon.instrument(service.taskDefinition, { version: '7' });
    monitored.configure(service, { service: 'billing' });
    expect(environmentOf(taskOf(stack).app)).toMatchObject({ DD_ENV: 'prod', DD_SERVICE: 'billing', DD_VERSION: '7' });
    expect(warnings(stack)).toEqual([]);
  });
});

describe('a daemon service with an Agent that this library did not make', () => {
  type Container = Partial<ecs.ContainerDefinitionOptions>;

  function setUp(name: string, container: Container = {}) {
    const stack = newStack();
    const { cluster } = monitor(stack, { vpc: vpcIn(stack), env: 'prod' });
    addInstances(cluster as ecs.Cluster);
    const taskDefinition = new ecs.Ec2TaskDefinition(stack, 'AgentTask');
    taskDefinition.addContainer(name, { image: IMAGE, memoryLimitMiB: 256, logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'agent' }), ...container });
    new ecs.Ec2Service(stack, 'Agents', { cluster, taskDefinition, daemon: true, minHealthyPercent: 0 });
    return { stack, cluster };
  }

  const daemonsOf = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::ECS::Service'))
    .filter(({ Properties }) => Properties.SchedulingStrategy === 'DAEMON').length;
  const image = (name: string): [string, string, Container] => [`whose image is ${name}`, 'agent', { image: ecs.ContainerImage.fromRegistry(name) }];

  test.each<[string, string, Container]>([
    ['whose container is called so', 'datadog-agent', {}],
    image('datadog/agent'),
    image('public.ecr.aws/datadog/agent:7.84.6'),
    image('gcr.io/datadoghq/agent@sha256:0'),
    image('registry.datadoghq.com/agent:latest'),
    image('datadoghq.azurecr.io/agent:7'),
    image('111122223333.dkr.ecr.eu-west-1.amazonaws.com/ecr-public/datadog/agent:7'),
  ])('%s stays the only one and as it is, and applications get their tags', (_what, name, container) => {
    const { stack, cluster } = setUp(name, container);
    ec2Service(stack, 'Billing', cluster, { taskDefinition: ec2Task(stack, 'Task', { logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'app' }) }) });
    expect(daemonsOf(stack)).toBe(1);
    const [agent, app] = [name, 'app'].map((wanted) => Object.values(Template.fromStack(stack).findResources('AWS::ECS::TaskDefinition'))
      .flatMap(({ Properties }) => Properties.ContainerDefinitions).find(({ Name }) => Name === wanted));
    expect([agent.Environment, agent.DockerLabels, agent.MountPoints]).toEqual([undefined, undefined, undefined]);
    expect(environmentOf(app)).toEqual({ DD_ENV: 'prod', DD_SERVICE: expect.anything() });
    expect(app.MountPoints).toBeUndefined();
    expect(warnings(stack)).toEqual(['Agents handWrittenAgent']);
  });

  test.each([['datadog/agent-tools:1'], ['datadog/cluster-agent:1'], ['acme/agent:1'], ['notdatadog/agent:1']])('is not one with the image %s', (name) => {
    const { stack } = setUp('other', { image: ecs.ContainerImage.fromRegistry(name) });
    expect(daemonsOf(stack)).toBe(2);
    expect(warnings(stack)).toEqual([]);
  });

  test('on external instances leaves those on EC2 their own', () => {
    const stack = newStack();
    const { cluster } = monitor(stack, { vpc: vpcIn(stack) });
    addInstances(cluster as ecs.Cluster);
    const [agents, edge] = ['datadog-agent', 'app'].map((name) => {
      const taskDefinition = new ecs.ExternalTaskDefinition(stack, name);
      taskDefinition.addContainer(name, { image: IMAGE, memoryLimitMiB: 256, logging: ecs.LogDrivers.awsLogs({ streamPrefix: name }) });
      return taskDefinition;
    });
    new ecs.ExternalService(stack, 'Agents', { cluster, taskDefinition: agents, daemon: true, minHealthyPercent: 0 });
    new ecs.ExternalService(stack, 'Edge', { cluster, taskDefinition: edge, minHealthyPercent: 50 });
    expect(daemonsOf(stack)).toBe(2);
    expect(environmentOf(taskOf(stack).app)).not.toHaveProperty('DD_TRACE_AGENT_URL');
    expect(warnings(stack)).toEqual(['Agents handWrittenAgent']);
  });

  test('that tails all containers is a route for their logs', () => {
    const environment = { DD_LOGS_ENABLED: 'true', DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL: 'true' };
    for (const [settings, expected] of [[environment, []], [{}, ['Task/app noLogRoute']]] as const) {
      const { stack, cluster } = setUp('datadog-agent', { environment: settings });
      ec2Service(stack, 'Billing', cluster, { taskDefinition: ec2Task(stack) });
      expect(warnings(stack)).toEqual(['Agents handWrittenAgent', ...expected]);
    }
  });
});
