// SPDX-License-Identifier: Apache-2.0
import { AspectPriority, Aspects, Mixins, Shims, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as ecsPatterns from 'aws-cdk-lib/aws-ecs-patterns';
import { Construct } from 'constructs';
import { IMAGE, account, environmentOf, fargateTask, inStack, renderedContainer, renderedTask, warningIds } from './fixture';
import { AgentFeature, DatadogSidecarExtension, DatadogSidecarExtensionProps, FargateAgentSidecar } from '../../lib/agent';

const AGENT = 'datadog-agent';

function mixinIn(stack: Stack, props: Partial<DatadogSidecarExtensionProps> = {}) {
  return new DatadogSidecarExtension({ datadog: account(stack), env: 'prod', ...props });
}

/** The names of the containers of each task definition, by its family. */
function containersByFamily(stack: Stack): { [family: string]: string[] } {
  const tasks = Object.values(Template.fromStack(stack).findResources('AWS::ECS::TaskDefinition')).map(({ Properties }) => Properties);
  return Object.fromEntries(tasks.map(({ Family, ContainerDefinitions }) => [Family, ContainerDefinitions.map(({ Name }: any) => Name)]));
}

describe('applied to a scope', () => {
  test('every task definition on Fargate gets a sidecar, those on instances none', () => {
    const stack = inStack();
    fargateTask(stack, 'A', { family: 'a' });
    fargateTask(new Construct(stack, 'Deep') as Stack, 'B', { family: 'b' });
    const onInstances = new ecs.Ec2TaskDefinition(stack, 'C', { family: 'c' });
    onInstances.addContainer('app', { image: IMAGE, memoryLimitMiB: 256 });
    ecs.TaskDefinition.fromTaskDefinitionArn(stack, 'Theirs', 'arn:aws:ecs:eu-west-1:111122223333:task-definition/web:1');
    const mixin = mixinIn(stack);
    const { report } = Mixins.of(stack).apply(mixin);
    expect(report.map(({ construct }) => construct.node.path)).toEqual(['S/A', 'S/Deep/B']);
    expect(containersByFamily(stack)).toEqual({ a: ['app', AGENT], b: ['app', AGENT], c: ['app'] });
  });

  test('the task definition of a scheduled task, of a queue and behind a load balancer', () => {
    const stack = inStack();
    const cluster = new ecs.Cluster(stack, 'Cluster', { vpc: new ec2.Vpc(stack, 'Vpc') });
    new ecsPatterns.ApplicationLoadBalancedFargateService(stack, 'Web', { cluster, taskImageOptions: { image: IMAGE, family: 'web' } });
    new ecsPatterns.QueueProcessingFargateService(stack, 'Queue', { cluster, image: IMAGE, family: 'queue' });
    new ecsPatterns.ScheduledFargateTask(stack, 'Nightly', {
      cluster, schedule: appscaling.Schedule.cron({ hour: '3' }), scheduledFargateTaskImageOptions: { image: IMAGE, memoryLimitMiB: 512 },
    });
    Mixins.of(stack).apply(mixinIn(stack));
    expect(Object.values(containersByFamily(stack))).toEqual([['web', AGENT], ['QueueProcessingContainer', AGENT], ['ScheduledContainer', AGENT]]);
    Template.fromStack(stack).hasResourceProperties('AWS::ECS::Service', { LoadBalancers: [{ ContainerName: 'web' }] });
  });

  test('containers that come later are connected too', () => {
    const stack = inStack();
    const taskDefinition = fargateTask(stack);
    taskDefinition.with(mixinIn(stack));
    taskDefinition.addContainer('late', { image: IMAGE });
    expect(environmentOf(renderedContainer(stack, 'late'))).toMatchObject({ DD_ENV: 'prod', DD_TRACE_AGENT_URL: 'unix:///var/run/datadog/apm.socket' });
  });

  test('as an Aspect it reaches what is declared afterwards', () => {
    const stack = inStack();
    Aspects.of(stack).add(Shims.asAspect(mixinIn(stack)), { priority: AspectPriority.MUTATING });
    fargateTask(stack);
    expect(renderedTask(stack).ContainerDefinitions.map(({ Name }: any) => Name)).toEqual(['app', AGENT]);
    expect(environmentOf(renderedContainer(stack, 'app'))).toMatchObject({ DD_ENV: 'prod' });
  });
});

test('applied twice is applied once', () => {
  const [once, twice] = [1, 2].map((times) => {
    const stack = inStack();
    fargateTask(stack);
    const mixin = mixinIn(stack, { tags: { team: 'shop' } });
    Array.from({ length: times }, () => Mixins.of(stack).requireAny().apply(mixin));
    return stack;
  });
  expect(Template.fromStack(twice).toJSON()).toEqual(Template.fromStack(once).toJSON());
  expect(warningIds(twice)).toEqual(warningIds(once));
});

test('a second one that says something else is told that the first one stays', () => {
  const stack = inStack();
  fargateTask(stack);
  Mixins.of(stack).apply(mixinIn(stack), mixinIn(stack, { env: 'stage' }));
  expect(environmentOf(renderedContainer(stack, 'app')).DD_ENV).toBe('prod');
  expect(warningIds(stack)).toContain('cdk-ecs-datadog:ownValueKept:DD_ENV');
});

describe('a task that has an Agent keeps that one, and its application gets the tags', () => {
  test("the user's own container", () => {
    const stack = inStack();
    fargateTask(stack).addContainer(AGENT, { image: IMAGE });
    Mixins.of(stack).apply(mixinIn(stack));
    expect(renderedContainer(stack, AGENT).Image).toBe('registry.example/app:1');
    expect(environmentOf(renderedContainer(stack, AGENT))).toEqual({});
    const application = environmentOf(renderedContainer(stack, 'app'));
    expect(application).toMatchObject({ DD_ENV: 'prod' });
    expect(application).not.toHaveProperty('DD_TRACE_AGENT_URL');
  });

  test('a sidecar', () => {
    const stack = inStack();
    const taskDefinition = fargateTask(stack);
    new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack), service: 'own' });
    Mixins.of(stack).apply(mixinIn(stack));
    expect(renderedTask(stack).ContainerDefinitions).toHaveLength(2);
    expect(environmentOf(renderedContainer(stack, 'app'))).toMatchObject({ DD_ENV: 'prod', DD_SERVICE: 'own' });
  });
});

describe('what it does not support', () => {
  test.each<[string, (stack: Stack) => Construct]>([
    ['a task definition for EC2', (stack) => new ecs.Ec2TaskDefinition(stack, 'Other')],
    ['one that was imported', (stack) => ecs.FargateTaskDefinition.fromFargateTaskDefinitionArn(stack, 'Other', 'arn:aws:ecs:x:1:task-definition/a:1') as any],
    ['something else', (stack) => new Construct(stack, 'Other')],
  ])('%s is left alone, and refused with a reason where it is named', (_name, declare) => {
    const stack = inStack();
    const mixin = mixinIn(stack);
    const other = declare(stack);
    expect(mixin.supports(other)).toBe(false);
    expect(() => mixin.applyTo(other)).toThrow("'taskDefinition' must be ");
    expect(() => Mixins.of(other).requireAll().apply(mixin)).toThrow('could not be applied');
    expect(other.node.children.filter(({ node }) => node.id.includes('Datadog'))).toEqual([]);
  });

  test('a task that is too small is an error that names it', () => {
    const stack = inStack();
    fargateTask(stack, 'Small', { memoryLimitMiB: 512 });
    expect(() => Mixins.of(stack).apply(mixinIn(stack, { features: [AgentFeature.jmx()], memoryLimitMiB: 1024 })))
      .toThrow("'memoryLimitMiB' must leave the application its own, got: '1024'");
  });
});
