// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { account, ec2Cluster, inStack } from './fixture';
import { withManagedDaemon } from './managed-fixture';
import { AgentDaemonService, FargateAgentSidecar } from '../../lib/agent';

const ARN = 'arn:aws:ecs:eu-west-1:111122223333:task-definition/web:7';
const REFUSAL = "'taskDefinition' must be declared in this app, since nothing can be added to one that was imported or is no task definition, "
  + "got: 'S/Theirs'; add it where its containers are declared";

/** As a caller passes it whose language does not check types, or who casts. */
function imported(stack: Stack): ecs.TaskDefinition {
  return ecs.FargateTaskDefinition.fromFargateTaskDefinitionArn(stack, 'Theirs', ARN) as unknown as ecs.TaskDefinition;
}

describe('a task definition that was imported is refused with the reason', () => {
  test('by a sidecar, which adds nothing', () => {
    const stack = inStack();
    const taskDefinition = imported(stack);
    expect(() => new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack) })).toThrow(REFUSAL);
    expect(stack.node.tryFindChild('Sidecar')).toBeUndefined();
  });

  test('by a daemon', () => {
    const stack = inStack();
    const daemon = new AgentDaemonService(stack, 'Daemon', { cluster: ec2Cluster(stack), datadog: account(stack) });
    expect(() => daemon.instrument(imported(stack))).toThrow(REFUSAL);
  });

  test('by a managed daemon', () => {
    const { stack, daemon } = withManagedDaemon();
    expect(() => daemon.instrument(imported(stack))).toThrow(REFUSAL);
  });
});
