// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { awslogs, forwarderIn, identitiesOf, image, newApp } from './fixture';
import { AddTaskDefinitionOptions } from '../../lib/logs';
import { rememberDefaultService } from '../../lib/private/default-service';

describe('a service that this library gave a container for want of another', () => {
  function identityWith(options: AddTaskDefinitionOptions): unknown {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { family: 'task' });
    const container = taskDefinition.addContainer('a', { image, logging: awslogs(), environment: { DD_SERVICE: 'task' } });
    rememberDefaultService(container, 'task');
    forwarderIn(stack).addTaskDefinition(taskDefinition, options);
    const [{ containers }] = Object.values<any>(identitiesOf(app, stack));
    return containers.a.service;
  }

  test('gives way to what is said of the logs', () => {
    expect(identityWith({ service: 'shop' })).toBe('shop');
    expect(identityWith({ service: 'shop', containers: { a: { service: 'cart' } } })).toBe('cart');
  });

  test('stays where nothing is said of them', () => {
    expect(identityWith({})).toBe('task');
  });
});
