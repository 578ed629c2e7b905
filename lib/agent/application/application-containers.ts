// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { containersOf } from '../../private/task-containers';
import { AGENT_CONTAINER_NAME } from '../agent-container';

/** The containers of a task that are watched: neither the Agent nor a log router, which are part of the watching. */
export function applicationContainers(taskDefinition: ecs.TaskDefinition): ecs.ContainerDefinition[] {
  return containersOf(taskDefinition).filter((container) =>
    container.containerName !== AGENT_CONTAINER_NAME && !(container instanceof ecs.FirelensLogRouter));
}
