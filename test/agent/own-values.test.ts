// SPDX-License-Identifier: Apache-2.0
import { CfnParameter, SecretValue, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { IMAGE, account, ec2Cluster, environmentOf, inStack, renderedContainer, renderedTask, warningIds } from './fixture';
import { AgentDaemonService, FargateAgentSidecar } from '../../lib/agent';

const ASKED = { service: 'asked', env: 'prod', version: '1' };

/** What a user does to an application container, before the sidecar comes or after. */
type Own = (container: ecs.ContainerDefinition, stack: Stack) => void;

function withSidecar(own: Own, when: string): Stack {
  const stack = inStack();
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { memoryLimitMiB: 1024 });
  const container = taskDefinition.addContainer('app', { image: IMAGE });
  if (when === 'before') {
    own(container, stack);
  }
  new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack), ...ASKED });
  if (when === 'after') {
    own(container, stack);
  }
  return stack;
}

function secret(stack: Stack): ecs.Secret {
  return ecs.Secret.fromSecretsManager(new secretsmanager.Secret(stack, 'Name', { secretStringValue: SecretValue.unsafePlainText('x') }));
}

describe.each(['before', 'after'])("a container's own value, set %s the sidecar, wins", (when) => {
  test('as a variable: its label agrees', () => {
    const stack = withSidecar((container) => container.addEnvironment('DD_SERVICE', 'own'), when);
    const app = renderedContainer(stack, 'app');
    expect(environmentOf(app)).toMatchObject({ DD_SERVICE: 'own', DD_ENV: 'prod', DD_VERSION: '1' });
    expect(app.DockerLabels).toEqual({
      'com.datadoghq.tags.service': 'own', 'com.datadoghq.tags.env': 'prod', 'com.datadoghq.tags.version': '1',
    });
    expect(warningIds(stack)).toEqual(['cdk-ecs-datadog:ownValueKept:DD_SERVICE']);
  });

  test('as a label: its variable agrees', () => {
    const stack = withSidecar((container) => container.addDockerLabel('com.datadoghq.tags.env', 'own'), when);
    const app = renderedContainer(stack, 'app');
    expect(environmentOf(app).DD_ENV).toBe('own');
    expect(app.DockerLabels).toMatchObject({ 'com.datadoghq.tags.env': 'own' });
    expect(warningIds(stack)).toEqual(['cdk-ecs-datadog:ownValueKept:DD_ENV']);
  });

  test('as the address of an intake, and as further tags', () => {
    const stack = withSidecar((container) => {
      container.addEnvironment('DD_TRACE_AGENT_URL', 'http://other:8126');
      container.addEnvironment('DD_TAGS', 'a:b');
    }, when);
    expect(environmentOf(renderedContainer(stack, 'app'))).toMatchObject({ DD_TRACE_AGENT_URL: 'http://other:8126', DD_TAGS: 'a:b' });
    expect(warningIds(stack)).toEqual(['cdk-ecs-datadog:ownValueKept:DD_TRACE_AGENT_URL']);
  });

  test('that is what was asked for anyway needs no warning', () => {
    const stack = withSidecar((container) => container.addEnvironment('DD_SERVICE', 'asked'), when);
    expect(warningIds(stack)).toEqual([]);
  });
});

test('a service from a secret gets neither variable nor label, which could only contradict it', () => {
  const stack = withSidecar((container, scope) => container.addSecret('DD_SERVICE', secret(scope)), 'before');
  const app = renderedContainer(stack, 'app');
  expect(environmentOf(app)).not.toHaveProperty('DD_SERVICE');
  expect(app.DockerLabels).toEqual({ 'com.datadoghq.tags.env': 'prod', 'com.datadoghq.tags.version': '1' });
  expect(warningIds(stack)).toEqual(['cdk-ecs-datadog:ownValueKept:DD_SERVICE']);
});

test('a secret that comes after the variable of its name is an error, since ECS refuses the two', () => {
  const stack = withSidecar((container, scope) => container.addSecret('DD_SERVICE', secret(scope)), 'after');
  Annotations.fromStack(stack).hasError('/S/Task/app', Match.stringLikeRegexp("container 'app' got DD_SERVICE as a secret .*: add the secret first"));
});

test("an Agent's address of the user's is not overruled by the sockets, which clients would prefer", () => {
  const stack = withSidecar((container) => container.addEnvironment('DD_AGENT_HOST', 'agent.internal'), 'before');
  expect(Object.keys(environmentOf(renderedContainer(stack, 'app'))).sort()).toEqual(['DD_AGENT_HOST', 'DD_ENV', 'DD_SERVICE', 'DD_VERSION']);
  expect(warningIds(stack)).toEqual(['cdk-ecs-datadog:ownValueKept:DD_AGENT_HOST']);
});

test('the family gives way to an own name without a word', () => {
  const stack = inStack();
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { memoryLimitMiB: 1024 });
  taskDefinition.addContainer('app', { image: IMAGE, environment: { DD_SERVICE: 'own' } });
  new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack) });
  expect(environmentOf(renderedContainer(stack, 'app')).DD_SERVICE).toBe('own');
  expect(warningIds(stack)).toEqual([]);
});

describe('volumes and mounts', () => {
  test('an own volume dd-sockets is used as it is', () => {
    const stack = withSidecar(({ taskDefinition }) => taskDefinition.addVolume({ name: 'dd-sockets' }), 'before');
    expect(renderedTask(stack).Volumes).toEqual([{ Name: 'dd-sockets' }]);
    expect(warningIds(stack)).toEqual([]);
  });

  test('an own mount of that volume stays writable', () => {
    const stack = withSidecar((container) => {
      container.taskDefinition.addVolume({ name: 'dd-sockets' });
      container.addMountPoints({ sourceVolume: 'dd-sockets', containerPath: '/var/run/datadog/', readOnly: false });
    }, 'before');
    expect(renderedContainer(stack, 'app').MountPoints).toEqual([{ SourceVolume: 'dd-sockets', ContainerPath: '/var/run/datadog/', ReadOnly: false }]);
    expect(warningIds(stack)).toEqual([]);
  });

  test('another volume in the place of the sockets stays, with a warning', () => {
    const stack = withSidecar((container) => {
      container.taskDefinition.addVolume({ name: 'other' });
      container.addMountPoints({ sourceVolume: 'other', containerPath: '/var/run/datadog', readOnly: true });
    }, 'before');
    expect(renderedContainer(stack, 'app').MountPoints).toEqual([{ SourceVolume: 'other', ContainerPath: '/var/run/datadog', ReadOnly: true }]);
    expect(warningIds(stack)).toEqual(['cdk-ecs-datadog:ownMountKept:/var/run/datadog']);
  });

  test.each([['/var/run/datadog', []], ['/tmp/other', ['cdk-ecs-datadog:ownMountKept:/var/run/datadog']]])('on EC2 it is the path on the instance that counts: %s', (sourcePath, ids) => {
    const stack = inStack();
    const daemon = new AgentDaemonService(stack, 'Daemon', { cluster: ec2Cluster(stack), datadog: account(stack) });
    const taskDefinition = new ecs.Ec2TaskDefinition(stack, 'Task', { volumes: [{ name: 'mine', host: { sourcePath } }] });
    taskDefinition.addContainer('app', { image: IMAGE, memoryLimitMiB: 64, logging: ecs.LogDrivers.jsonFile({ maxSize: '10m' }) })
      .addMountPoints({ sourceVolume: 'mine', containerPath: '/var/run/datadog', readOnly: true });
    daemon.instrument(taskDefinition);
    expect(renderedTask(stack, 'app').Volumes).toHaveLength(1);
    expect(warningIds(stack)).toEqual(ids);
  });
});

test('tokens are values like any other, also within strings', () => {
  const stack = inStack();
  const name = new CfnParameter(stack, 'Name').valueAsString;
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { memoryLimitMiB: 1024 });
  taskDefinition.addContainer('app', { image: IMAGE });
  taskDefinition.addContainer('own', { image: IMAGE, environment: { DD_SERVICE: `own-${name}` } });
  new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack), service: `web-${name}`, env: name, tags: { team: name } });
  const service = { 'Fn::Join': ['', ['web-', { Ref: 'Name' }]] };
  const app = renderedContainer(stack, 'app');
  expect(environmentOf(app)).toMatchObject({ DD_SERVICE: service, DD_ENV: { Ref: 'Name' } });
  expect(app.DockerLabels).toMatchObject({ 'com.datadoghq.tags.service': service, 'com.datadoghq.tags.env': { Ref: 'Name' } });
  expect(environmentOf(renderedContainer(stack, 'datadog-agent')).DD_TAGS).toEqual({ 'Fn::Join': ['', ['team:', { Ref: 'Name' }]] });
  expect(renderedContainer(stack, 'own').DockerLabels).toMatchObject({ 'com.datadoghq.tags.service': { 'Fn::Join': ['', ['own-', { Ref: 'Name' }]] } });
  expect(warningIds(stack)).toEqual(['cdk-ecs-datadog:ownValueKept:DD_SERVICE']);
});
