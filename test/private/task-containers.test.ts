// SPDX-License-Identifier: Apache-2.0
import { App, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { containersOf } from '../../lib/private/task-containers';

const image = ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/busybox:1.37');

test('containers come in order of addition, also those that live in another scope', () => {
  const stack = new Stack(new App(), 'Stack');
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
  const first = taskDefinition.addContainer('first', { image });
  const elsewhere = new ecs.ContainerDefinition(new Construct(stack, 'Elsewhere'), 'second', { image, taskDefinition });
  const third = taskDefinition.addContainer('third', { image });

  expect(containersOf(taskDefinition)).toEqual([first, elsewhere, third]);
});

test('the list is a copy: changing it changes no task definition', () => {
  const taskDefinition = new ecs.FargateTaskDefinition(new Stack(new App(), 'Stack'), 'Task');
  taskDefinition.addContainer('app', { image });
  containersOf(taskDefinition).pop();

  expect(containersOf(taskDefinition)).toHaveLength(1);
});

test('the protected list still exists in aws-cdk-lib: whoever moves it learns it here', () => {
  expect(() => containersOf(Object.create(ecs.TaskDefinition.prototype, { containers: { value: undefined } }))).toThrow(/keeps the containers of a task definition elsewhere/);
});

test('an imported task definition has no containers to speak of', () => {
  const imported = ecs.TaskDefinition.fromTaskDefinitionArn(new Stack(new App(), 'Stack'), 'Theirs', 'arn:aws:ecs:eu-west-1:111122223333:task-definition/web:1');

  expect(() => containersOf(imported as ecs.TaskDefinition)).toThrow("'taskDefinition' must be declared in this app");
});
