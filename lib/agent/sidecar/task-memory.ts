// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { containersOf } from '../../private/task-containers';
import { AGENT_CONTAINER_NAME } from '../agent-container';

/** What an application without a limit of its own should find free; half of the smallest Fargate task that holds an Agent too. */
const APPLICATION_MINIMUM_MIB = 256;

/** Says in one sentence why the task's memory does not hold its containers' hard limits and the Agent; undefined where it does or is not known. */
export function memoryConflict(taskDefinition: ecs.TaskDefinition, agentMiB: number): string | undefined {
  const task = taskMemoryMiB(taskDefinition);
  const others = hardLimitsMiB(taskDefinition);
  if (task === undefined || others + agentMiB <= task) {
    return undefined;
  }
  return `hard limits of ${others} MiB for the other containers and ${agentMiB} MiB for the Agent exceed the task's ${task} MiB`;
}

/** Whether the application is left with too little, though ECS would accept it. */
export function isCrowded(taskDefinition: ecs.TaskDefinition, agentMiB: number): boolean {
  const task = taskMemoryMiB(taskDefinition);
  return task !== undefined && task - agentMiB < APPLICATION_MINIMUM_MIB;
}

function taskMemoryMiB(taskDefinition: ecs.TaskDefinition): number | undefined {
  const memory = Number((taskDefinition.node.defaultChild as ecs.CfnTaskDefinition).memory);
  return Number.isFinite(memory) ? memory : undefined;
}

/** Log routers and other helpers count as well: ECS adds up every container. */
function hardLimitsMiB(taskDefinition: ecs.TaskDefinition): number {
  const others = containersOf(taskDefinition).filter(({ containerName }) => containerName !== AGENT_CONTAINER_NAME);
  return others.reduce((sum, container) => sum + (container.renderContainerDefinition().memory ?? 0), 0);
}
