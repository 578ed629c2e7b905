// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { FargateAgentSidecar } from '../../../lib/agent';
import { isDefaultService } from '../../../lib/private/default-service';
import { IMAGE, account, inStack } from '../fixture';

/** Whether the container's service is one that nobody asked for. */
function isDefault(service: string, arrange: (add: () => ecs.ContainerDefinition, instrument: (service?: string) => void) => void): boolean {
  const stack = inStack();
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { memoryLimitMiB: 1024, family: 'family' });
  const add = () => taskDefinition.addContainer('app', { image: IMAGE });
  arrange(add, (asked) => new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack), service: asked }));
  return isDefaultService(taskDefinition.findContainer('app')!, service);
}

test('the family, where nobody named the service, is a default', () => {
  expect(isDefault('family', (add, instrument) => { add(); instrument(); })).toBe(true);
});

test.each<[string, string, (add: () => ecs.ContainerDefinition, instrument: (service?: string) => void) => void]>([
  ['asked for', 'shop', (add, instrument) => { add(); instrument('shop'); }],
  ['the container has of its own', 'own', (add, instrument) => { add().addEnvironment('DD_SERVICE', 'own'); instrument(); }],
  ['the container gets later', 'own', (add, instrument) => { const app = add(); instrument(); app.addEnvironment('DD_SERVICE', 'own'); }],
])('a name that is %s is none', (_where, service, arrange) => {
  expect(isDefault(service, arrange)).toBe(false);
});
