// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'fs';
import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { IMAGE, account, ec2Cluster, environmentOf, fargateTask, renderedContainer, renderedTask } from './fixture';
import { AgentDaemonService, AgentFeature, FargateAgentSidecar } from '../../lib/agent';
import { DatadogAccount, DatadogSecret } from '../../lib/datadog';

const AGENT = 'datadog-agent';
const FLAGS = JSON.parse(readFileSync(require.resolve('aws-cdk-lib/recommended-feature-flags.json'), 'utf8'));

/** One of everything: a daemon with its application, and sidecars before, after and without a log driver. */
function everything(stack: Stack): void {
  const datadog = account(stack);
  const daemon = new AgentDaemonService(stack, 'Daemon', { cluster: ec2Cluster(stack), datadog, env: 'prod', features: [AgentFeature.processes()] });
  const application = new ecs.Ec2TaskDefinition(stack, 'Application', { family: 'application' });
  daemon.instrument(application, { service: 'api' });
  application.addContainer('app', { image: IMAGE, memoryLimitMiB: 128 });
  const before = fargateTask(stack, 'Before', { family: 'before' });
  new FargateAgentSidecar(stack, 'BeforeSidecar', { taskDefinition: before, datadog, env: 'prod', features: [AgentFeature.processes()] });
  const after = new ecs.FargateTaskDefinition(stack, 'After', { family: 'after', memoryLimitMiB: 1024 });
  new FargateAgentSidecar(stack, 'AfterSidecar', { taskDefinition: after, datadog, service: 'late' });
  after.addContainer('app', { image: IMAGE });
}

function synthesized(context: { [flag: string]: any }) {
  // The flags turn on a report of annotations at each synthesis.
  const stack = new Stack(new App({ context, analyticsReporting: false }), 'S');
  everything(stack);
  return Template.fromStack(stack);
}

describe('feature flags', () => {
  test('change nothing of what is rendered: all recommended ones against none', () => {
    expect(Object.keys(FLAGS).length).toBeGreaterThan(50);
    const [none, all] = [synthesized({}), synthesized(FLAGS)].map((template) =>
      JSON.stringify(template.findResources('AWS::ECS::TaskDefinition')));
    expect(JSON.parse(all)).toEqual(JSON.parse(none));
  });
});

describe('partitions and regions', () => {
  test.each(['cn-north-1', 'us-gov-west-1', 'eu-west-1'])('%s', (region) => {
    const stack = new Stack(new App(), 'S', { env: { region, account: '111122223333' } });
    const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'datadog');
    const taskDefinition = fargateTask(stack);
    new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: new DatadogAccount({ apiKey: DatadogSecret.fromSecretsManager(secret, 'key') }) });
    expect(renderedContainer(stack, AGENT).Secrets![0].ValueFrom).toEqual({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:secretsmanager:${region}:111122223333:secret:datadog:key::`]],
    });
    expect(renderedContainer(stack, AGENT).LogConfiguration.Options['awslogs-region']).toBe(region);
  });

  test('no partition is written out', () => {
    const arns = JSON.stringify(synthesized({}).toJSON()).match(/arn:aws[a-z-]*:[^"]*/g) ?? [];
    // The key's ARN is the test's own.
    expect(arns.filter((arn) => !arn.includes('secret:datadog-AbCdEf'))).toEqual([]);
  });
});

describe('where things live', () => {
  function keyStack(app: App) {
    const shared = new Stack(app, 'Shared');
    const encryptionKey = new kms.Key(shared, 'Key');
    return { encryptionKey, secret: new secretsmanager.Secret(shared, 'Secret', { encryptionKey }) };
  }

  test("a secret with a customer-managed key of another stack makes no cycle, and the key's policy names no reader", () => {
    const app = new App();
    const { secret, encryptionKey } = keyStack(app);
    const stack = new Stack(app, 'S');
    const datadog = new DatadogAccount({ apiKey: DatadogSecret.fromSecretsManager(secret) });
    const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { memoryLimitMiB: 1024 });
    taskDefinition.addContainer('app', { image: IMAGE });
    new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog });
    new AgentDaemonService(stack, 'Daemon', { cluster: ec2Cluster(stack), datadog });
    // Synthesis refuses a cycle.
    expect(() => app.synth()).not.toThrow();
    const decrypts = JSON.stringify(Template.fromStack(stack).toJSON()).match(/kms:Decrypt/g);
    expect(decrypts).toHaveLength(2);
    expect(JSON.stringify(Template.fromStack(Stack.of(encryptionKey)).findResources('AWS::KMS::Key'))).not.toContain('Role');
  });

  test('a parameter is read by its ARN', () => {
    const stack = new Stack(new App(), 'S');
    const parameter = ssm.StringParameter.fromSecureStringParameterAttributes(stack, 'Parameter', { parameterName: '/datadog/key' });
    new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition: fargateTask(stack), datadog: new DatadogAccount({ apiKey: DatadogSecret.fromSsmParameter(parameter) }) });
    expect(renderedContainer(stack, AGENT).Secrets).toEqual([{ Name: 'DD_API_KEY', ValueFrom: stack.resolve(parameter.parameterArn) }]);
  });

  test('a task definition in a Stage is reached, its later containers too', () => {
    const stack = new Stack(new Stage(new App(), 'Production'), 'S');
    const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { memoryLimitMiB: 1024 });
    new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack), env: 'prod' });
    taskDefinition.addContainer('late', { image: IMAGE });
    expect(environmentOf(renderedContainer(stack, 'late'))).toMatchObject({ DD_ENV: 'prod' });
  });

  test('a sidecar made in another stack puts what it needs beside the task definition, no resource in its own', () => {
    const app = new App();
    const [theirs, ours] = [new Stack(app, 'Theirs'), new Stack(app, 'Ours')];
    const taskDefinition = new ecs.FargateTaskDefinition(theirs, 'Task', { memoryLimitMiB: 1024 });
    taskDefinition.addContainer('app', { image: IMAGE });
    new FargateAgentSidecar(ours, 'Sidecar', { taskDefinition, datadog: account(ours) });
    expect(renderedTask(theirs).ContainerDefinitions).toHaveLength(2);
    Template.fromStack(theirs).resourceCountIs('AWS::Logs::LogGroup', 1);
    expect(Template.fromStack(ours).toJSON().Resources).toBeUndefined();
  });

  test('a nested stack has a group for its sidecars of its own', () => {
    const stack = new Stack(new App(), 'S');
    const nested = new NestedStack(stack, 'Nested');
    for (const scope of [stack, nested]) {
      const taskDefinition = new ecs.FargateTaskDefinition(scope, 'Task', { memoryLimitMiB: 1024 });
      taskDefinition.addContainer('app', { image: IMAGE });
      new FargateAgentSidecar(scope, 'Sidecar', { taskDefinition, datadog: account(stack) });
    }
    Template.fromStack(nested).resourceCountIs('AWS::Logs::LogGroup', 1);
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 1);
  });

  test('two sidecars in one scope work', () => {
    const stack = new Stack(new App(), 'S');
    for (const id of ['One', 'Two']) {
      new FargateAgentSidecar(stack, `${id}Sidecar`, { taskDefinition: fargateTask(stack, id), datadog: account(stack) });
    }
    Template.fromStack(stack).resourceCountIs('AWS::ECS::TaskDefinition', 2);
  });
});
