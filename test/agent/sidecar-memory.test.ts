// SPDX-License-Identifier: Apache-2.0
import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { IMAGE, account, inStack, renderedContainer, renderedTask } from './fixture';
import { FargateAgentSidecar } from '../../lib/agent';

const AGENT = 'datadog-agent';

describe('the memory of a task with a sidecar', () => {
  const task = (stack: Stack, limits: (number | undefined)[], memoryLimitMiB = 512) => {
    const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { memoryLimitMiB });
    limits.forEach((limit, index) => taskDefinition.addContainer(`c${index}`, { image: IMAGE, memoryLimitMiB: limit }));
    return taskDefinition;
  };

  test.each<[string, (number | undefined)[], number | undefined]>([
    ['fit exactly', [256], undefined], ['are not set', [undefined, undefined], undefined], ['leave room for a smaller Agent', [384], 128],
  ])('hard limits that %s are fine', (_name, limits, memoryLimitMiB) => {
    const stack = inStack();
    new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition: task(stack, limits), datadog: account(stack), memoryLimitMiB });
    expect(renderedContainer(stack, AGENT).Memory).toBe(memoryLimitMiB ?? 256);
  });

  test.each<[string, number[], number | undefined, string]>([
    ['of one container', [257], undefined, "got: '256'; hard limits of 257 MiB for the other containers and 256 MiB for the Agent exceed the task's 512 MiB"],
    ['of several', [128, 129], undefined, "got: '256'; hard limits of 257 MiB"],
    ['of a larger Agent', [1], 512, "got: '512'; hard limits of 1 MiB"],
  ])('hard limits %s above the task are an error at once', (_name, limits, memoryLimitMiB, message) => {
    const stack = inStack();
    const taskDefinition = task(stack, limits);
    expect(() => new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack), memoryLimitMiB })).toThrow(
      `'memoryLimitMiB' must leave the application its own, ${message}`);
    expect(stack.node.tryFindChild('Sidecar')).toBeUndefined();
  });

  test('a log router counts, as ECS counts it', () => {
    const stack = inStack();
    const taskDefinition = task(stack, [200]);
    taskDefinition.addFirelensLogRouter('router', { image: IMAGE, memoryLimitMiB: 100, firelensConfig: { type: ecs.FirelensLogRouterType.FLUENTBIT } });
    expect(() => new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack) })).toThrow('hard limits of 300 MiB');
  });

  test('a container that comes later is an error at synthesis', () => {
    const stack = inStack();
    const taskDefinition = task(stack, [200]);
    new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack) });
    taskDefinition.addContainer('late', { image: IMAGE, memoryLimitMiB: 100 });
    expect(() => Template.fromStack(stack)).toThrow("hard limits of 300 MiB for the other containers and 256 MiB for the Agent exceed the task's 512 MiB");
  });

  test('of unknown size is never too small', () => {
    const stack = inStack();
    const size = new CfnParameter(stack, 'Size', { type: 'Number' }).valueAsNumber;
    const taskDefinition = task(stack, [size, 400], size);
    new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack), memoryLimitMiB: size });
    expect(renderedContainer(stack, AGENT).Memory).toEqual({ Ref: 'Size' });
    expect(renderedTask(stack).Memory).toEqual({ Ref: 'Size' });
    const known = inStack();
    const unknownAgent = new CfnParameter(known, 'Size', { type: 'Number' }).valueAsNumber;
    new FargateAgentSidecar(known, 'Sidecar', { taskDefinition: task(known, [400]), datadog: account(known), memoryLimitMiB: unknownAgent });
    expect(renderedContainer(known, AGENT).Memory).toEqual({ Ref: 'Size' });
  });
});
