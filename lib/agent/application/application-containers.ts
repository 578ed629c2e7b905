// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { containersOf } from '../../private/task-containers';
import { AGENT_CONTAINER_NAME } from '../agent-container';

const HELPERS = new WeakSet<ecs.ContainerDefinition>();

/** Says of a container that this library added it to help with the watching, such as one that prepares a volume. */
export function markAsHelper(container: ecs.ContainerDefinition): void {
  HELPERS.add(container);
}

/** Whether this library added the container. */
export function isHelper(container: ecs.ContainerDefinition): boolean {
  return HELPERS.has(container);
}

/** The containers of a task that are watched: neither the Agent, nor what helps it, nor a log router, which are part of the watching. */
export function applicationContainers(taskDefinition: ecs.TaskDefinition): ecs.ContainerDefinition[] {
  return containersOf(taskDefinition).filter((container) =>
    container.containerName !== AGENT_CONTAINER_NAME && !isHelper(container) && !(container instanceof ecs.FirelensLogRouter));
}
