// SPDX-License-Identifier: Apache-2.0
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { IMAGE, account, environmentOf, fargateTask, inStack, renderedContainer, renderedTask, warningIds } from './fixture';
import { AgentPlatform, FargateAgentSidecar } from '../../lib/agent';
import { addAutomaticSidecar } from '../../lib/agent/sidecar/automatic-sidecar';
import { SidecarOptions } from '../../lib/agent/sidecar/sidecar-options';
import { sidecarPlatform } from '../../lib/agent/sidecar/sidecar-platform';

const AGENT = 'datadog-agent';

/** As an Aspect adds it: at once, settled when the task's containers are there. */
function automatic(taskDefinition: ecs.TaskDefinition, options: SidecarOptions, serviceName?: string): void {
  addAutomaticSidecar(taskDefinition, sidecarPlatform(taskDefinition)!, options, serviceName)?.settle();
}

function task(memoryLimitMiB: number, hardLimit?: number) {
  const stack = inStack();
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { memoryLimitMiB });
  taskDefinition.addContainer('app', { image: IMAGE, memoryLimitMiB: hardLimit });
  return { stack, taskDefinition };
}

const names = (taskDefinition: { [property: string]: any }) => taskDefinition.ContainerDefinitions.map(({ Name }: { Name: string }) => Name);

describe('a sidecar that nobody asked for in particular', () => {
  test('is the same as one that somebody asked for', () => {
    const implicit = inStack();
    automatic(fargateTask(implicit), { datadog: account(implicit), env: 'prod', service: 'web' });
    const explicit = inStack();
    new FargateAgentSidecar(explicit, 'Sidecar', { taskDefinition: fargateTask(explicit), datadog: account(explicit), env: 'prod', service: 'web' });
    expect(renderedTask(implicit)).toEqual(renderedTask(explicit));
    expect(warningIds(implicit)).toEqual([]);
  });

  test('names the service after the ECS service where nobody names it, in the form of a tag', () => {
    const stack = inStack();
    automatic(fargateTask(stack), { datadog: account(stack) }, 'my service');
    expect(environmentOf(renderedContainer(stack, 'app')).DD_SERVICE).toBe('my_service');
  });

  test('is added once, however often it is asked for', () => {
    const stack = inStack();
    const taskDefinition = fargateTask(stack);
    automatic(taskDefinition, { datadog: account(stack) });
    automatic(taskDefinition, { datadog: account(stack) });
    expect(names(renderedTask(stack))).toEqual(['app', AGENT]);
  });

  test('leaves an Agent that is there the only one, and its applications as they are', () => {
    const stack = inStack();
    const taskDefinition = fargateTask(stack);
    taskDefinition.addContainer(AGENT, { image: IMAGE });
    automatic(taskDefinition, { datadog: account(stack) });
    expect(names(renderedTask(stack))).toEqual(['app', AGENT]);
    expect(renderedContainer(stack, 'app').Environment).toBeUndefined();
  });
});

test('containers that come between adding and settling are watched, and the Agent logs where they log', () => {
  const stack = inStack();
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { memoryLimitMiB: 1024 });
  const sidecar = addAutomaticSidecar(taskDefinition, AgentPlatform.FARGATE_SIDECAR, { datadog: account(stack), service: 'web' });
  taskDefinition.addContainer('late', { image: IMAGE, logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'late' }) });
  sidecar?.settle();
  sidecar?.settle();
  expect(environmentOf(renderedContainer(stack, 'late')).DD_SERVICE).toBe('web');
  const group = ({ LogConfiguration }: { [property: string]: any }) => LogConfiguration.Options['awslogs-group'];
  expect(group(renderedContainer(stack, AGENT))).toEqual(group(renderedContainer(stack, 'late')));
});

describe('containers that come when the Agent is there already, and that ECS would refuse, are an error', () => {
  test('more than ten of them', () => {
    const { stack, taskDefinition } = task(2048);
    automatic(taskDefinition, { datadog: account(stack) });
    Array.from({ length: 9 }, (_, i) => taskDefinition.addContainer(`c${i}`, { image: IMAGE }));
    expect(() => renderedTask(stack)).toThrow("a task has at most 10 containers, and this one 10 without the Agent's datadog-agent");
  });

  test('hard limits beyond the memory of the task', () => {
    const { stack, taskDefinition } = task(1024);
    automatic(taskDefinition, { datadog: account(stack) });
    taskDefinition.addContainer('late', { image: IMAGE, memoryLimitMiB: 900 });
    expect(() => renderedTask(stack)).toThrow("hard limits of 900 MiB for the other containers and 256 MiB for the Agent exceed the task's 1024 MiB");
  });
});

describe('where an explicit sidecar throws, it warns and leaves the task as it was', () => {
  test('where ECS would refuse one more container', () => {
    const { stack, taskDefinition } = task(2048);
    Array.from({ length: 9 }, (_, i) => taskDefinition.addContainer(`c${i}`, { image: IMAGE }));
    automatic(taskDefinition, { datadog: account(stack) });
    expect(warningIds(stack)).toEqual(['cdk-ecs-datadog:taskTooSmall']);
    Annotations.fromStack(stack).hasWarning('/S/Task', Match.stringLikeRegexp('a task has at most 10 containers, and this one 10 without the Agent'));
    expect(names(renderedTask(stack))).toHaveLength(10);
    expect(renderedTask(stack).Volumes).toBeUndefined();
  });

  test('where hard limits leave no memory', () => {
    const { stack, taskDefinition } = task(512, 300);
    automatic(taskDefinition, { datadog: account(stack) });
    expect(warningIds(stack)).toEqual(['cdk-ecs-datadog:taskTooSmall']);
    Annotations.fromStack(stack).hasWarning('/S/Task', Match.stringLikeRegexp('no Agent is added, since hard limits of 300 MiB .* raise memoryLimitMiB of the task definition'));
    expect(names(renderedTask(stack))).toEqual(['app']);
    expect(taskDefinition.node.tryFindChild('DatadogAgentSidecar')).toBeUndefined();
  });
});

describe('memory that ECS accepts but the application may miss', () => {
  test('is a warning, and the sidecar is added', () => {
    const { stack, taskDefinition } = task(512);
    automatic(taskDefinition, { datadog: account(stack), memoryLimitMiB: 257 });
    expect(warningIds(stack)).toEqual(['cdk-ecs-datadog:taskTooSmall']);
    Annotations.fromStack(stack).hasWarning('/S/Task', Match.stringLikeRegexp("the Agent's 257 MiB leave the application little"));
    expect(names(renderedTask(stack))).toEqual(['app', AGENT]);
  });

  test('is none with the 512 MiB of ecs-patterns', () => {
    const { stack, taskDefinition } = task(512);
    automatic(taskDefinition, { datadog: account(stack) });
    expect(warningIds(stack)).toEqual([]);
  });
});

test('misuse that no task is guilty of is thrown before the tree is touched', () => {
  const { stack, taskDefinition } = task(512);
  expect(() => automatic(taskDefinition, { datadog: account(stack), service: '-' })).toThrow("'service'");
  expect(taskDefinition.node.tryFindChild('DatadogAgentSidecar')).toBeUndefined();
});
