// SPDX-License-Identifier: Apache-2.0
import { App, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { awslogs, environmentOf, fargateService, fargateTask, IMAGE, monitor, newStack, tasksOf, vpcIn } from './fixture';
import { InstrumentOptions } from '../../lib/agent';
import { codeOf } from '../logs/fixture';

/** What the forwarder's code knows of each container, by its name. */
function identitiesOf(stack: Stack): { [container: string]: any } {
  const { identities } = codeOf(stack, (stack.node.root as App).synth());
  return Object.assign({}, ...Object.values<any>(identities).map(({ containers }) => containers));
}

function watched(taskDefinition: (stack: Stack) => ecs.FargateTaskDefinition, options: InstrumentOptions): Stack {
  const stack = newStack();
  const monitored = monitor(stack, { vpc: vpcIn(stack), env: 'prod', tags: { team: 'shop', tier: '0' } });
  const service = fargateService(stack, 'Web', monitored.cluster, { taskDefinition: taskDefinition(stack) });
  monitored.configure(service, options);
  return stack;
}

const FRONT = { service: 'front', env: 'canary', tags: { tier: '1' } };
const OPTIONS: InstrumentOptions = { service: 'checkout', containers: { app: FRONT } };

describe('what is said of one container is said of its logs', () => {
  test('as of its traces', () => {
    const stack = watched((scope) => fargateTask(scope), OPTIONS);
    expect(identitiesOf(stack).app).toMatchObject({ service: 'front', env: 'canary', tags: ['team:shop', 'tier:1'] });
    const [{ app }] = tasksOf(stack);
    expect(environmentOf(app)).toMatchObject({ DD_SERVICE: 'front', DD_ENV: 'canary', DD_TAGS: 'team:shop,tier:1' });
  });

  test('also where its task has no room for an Agent', () => {
    const stack = watched((scope) => {
      const taskDefinition = new ecs.FargateTaskDefinition(scope, 'Small', { memoryLimitMiB: 512 });
      taskDefinition.addContainer('app', { image: IMAGE, logging: awslogs(), memoryLimitMiB: 512 });
      return taskDefinition;
    }, OPTIONS);
    const [task] = tasksOf(stack);
    expect(Object.keys(task)).toEqual(['app']);
    expect(identitiesOf(stack).app).toMatchObject({ service: 'front', env: 'canary', tags: ['team:shop', 'tier:1'] });
  });

  test("but gives way to the container's own, so that one name stands on logs and traces", () => {
    const stack = watched((scope) => fargateTask(scope, 'Task', { environment: { DD_SERVICE: 'own' } }), OPTIONS);
    expect(identitiesOf(stack).app).toMatchObject({ service: 'own', env: 'canary' });
    expect(environmentOf(tasksOf(stack)[0].app)).toMatchObject({ DD_SERVICE: 'own', DD_ENV: 'canary' });
  });

  test("not of another container's, nor of the Agent's", () => {
    const stack = watched((scope) => {
      const taskDefinition = fargateTask(scope);
      taskDefinition.addContainer('worker', { image: IMAGE, logging: awslogs('worker') });
      return taskDefinition;
    }, OPTIONS);
    expect(identitiesOf(stack)).toMatchObject({
      'worker': { service: 'checkout', env: 'prod', tags: ['team:shop', 'tier:0'] },
      'datadog-agent': { service: 'datadog-agent', source: 'agent' },
    });
  });

  test('not where the container is left as it is', () => {
    const stack = watched((scope) => fargateTask(scope), { ...OPTIONS, containers: { app: { ...FRONT, exclude: true } } });
    expect(identitiesOf(stack).app).toMatchObject({ service: 'checkout', tags: ['team:shop', 'tier:0'] });
  });
});
