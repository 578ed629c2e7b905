// SPDX-License-Identifier: Apache-2.0
import { CfnParameter, Fn, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { IMAGE, account, ec2Cluster, fargateTask, inStack } from './fixture';
import { AgentDaemonService, Autodiscovery, FargateAgentSidecar } from '../../lib/agent';

/** A Fargate task with a sidecar, and one more container with a variable of that value. */
function withVariable(value: string, stack = inStack()): Stack {
  const taskDefinition = fargateTask(stack);
  new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack) });
  taskDefinition.addContainer('big', { image: IMAGE, environment: { BIG: value } });
  return stack;
}

describe('a task definition of more than 64 KiB', () => {
  test('is an error that says the size, the limit and the largest containers', () => {
    expect(() => Template.fromStack(withVariable('x'.repeat(65_000)))).toThrow(
      /the containers of 'S\/Task' must fit into the 65536 bytes of a task definition, got: at least 6\d{4} bytes, of which 65\d{3} are of 'big', 1\d{3} are of 'datadog-agent', /);
  });

  test('is none below', () => {
    expect(() => Template.fromStack(withVariable('x'.repeat(62_000)))).not.toThrow();
  });

  test('is counted in bytes, not in letters', () => {
    expect(() => Template.fromStack(withVariable('ä'.repeat(33_000)))).toThrow('must fit into the 65536 bytes');
  });

  test('counts what is produced late, and the text around what only the deployment knows', () => {
    const stack = inStack();
    const parameter = new CfnParameter(stack, 'Parameter').valueAsString;
    expect(() => Template.fromStack(withVariable(Lazy.string({ produce: () => `${parameter}${'x'.repeat(65_000)}` }), stack))).toThrow('must fit into');
  });

  test('does not guess at what only the deployment knows', () => {
    const stack = inStack();
    const parameter = new CfnParameter(stack, 'Parameter').valueAsString;
    expect(() => Template.fromStack(withVariable(Fn.select(0, Fn.split(',', `${parameter},${'x'.repeat(70_000)}`)), stack))).not.toThrow();
  });

  test('counts labels of checks', () => {
    const stack = inStack();
    const taskDefinition = fargateTask(stack);
    new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack) });
    Autodiscovery.of(taskDefinition.defaultContainer!).addCheck('http_check', { instances: [{ name: 'x'.repeat(66_000) }] });
    expect(() => Template.fromStack(stack)).toThrow("are of 'app'");
  });

  test('is an error of a task that a daemon instruments too', () => {
    const stack = inStack();
    const daemon = new AgentDaemonService(stack, 'Daemon', { cluster: ec2Cluster(stack), datadog: account(stack) });
    const taskDefinition = new ecs.Ec2TaskDefinition(stack, 'Api');
    taskDefinition.addContainer('app', { image: IMAGE, memoryLimitMiB: 128, environment: { BIG: 'x'.repeat(66_000) } });
    daemon.instrument(taskDefinition);
    expect(() => Template.fromStack(stack)).toThrow("the containers of 'S/Api' must fit");
  });

  test("is nobody's business where nothing was added", () => {
    const stack = inStack();
    fargateTask(stack).addContainer('big', { image: IMAGE, environment: { BIG: 'x'.repeat(70_000) } });
    expect(() => Template.fromStack(stack)).not.toThrow();
  });
});

test('a second Agent that comes after the sidecar is an error', () => {
  const stack = inStack();
  const taskDefinition = fargateTask(stack);
  new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack) });
  taskDefinition.addContainer('datadog-agent', { image: IMAGE });
  expect(() => Template.fromStack(stack)).toThrow("'S/Task' must have containers of different names, got: two named 'datadog-agent'");
});
