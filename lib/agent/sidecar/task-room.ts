// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { containersOf } from '../../private/task-containers';

/** What an Agent, or a tracer, adds to a task. */
export interface TaskShare {
  /** The names of its containers. */
  readonly containers: readonly string[];

  /** Their hard limits together. */
  readonly memoryMiB: number;
}

/** What an application without a limit of its own should find free; half of the smallest Fargate task that holds an Agent too. */
const APPLICATION_MINIMUM_MIB = 256;

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const MAX_CONTAINERS = 10;

/** Says in one sentence why the task's memory does not hold its containers' hard limits and the Agent; undefined where it does or is not known. */
export function memoryConflict(taskDefinition: ecs.TaskDefinition, share: TaskShare, whose = 'the Agent'): string | undefined {
  const task = taskMemoryMiB(taskDefinition);
  const others = hardLimitsMiB(otherContainers(taskDefinition, share));
  if (task === undefined || others + share.memoryMiB <= task) {
    return undefined;
  }
  return `hard limits of ${others} MiB for the other containers and ${share.memoryMiB} MiB for ${whose} exceed the task's ${task} MiB`;
}

/** Says in one sentence why ECS would refuse the task for its number of containers; undefined where it would not. */
export function containerConflict(taskDefinition: ecs.TaskDefinition, share: TaskShare, whose = 'the Agent'): string | undefined {
  const others = otherContainers(taskDefinition, share).length;
  return others + share.containers.length <= MAX_CONTAINERS ? undefined
    : `a task has at most ${MAX_CONTAINERS} containers, and this one ${others} without ${whose}'s ${share.containers.join(' and ')}`;
}

/** Says in one sentence which name is taken, before anything is added; undefined if none is. */
export function nameConflict(taskDefinition: ecs.TaskDefinition, { containers }: TaskShare): string | undefined {
  const taken = containers.find((name) => taskDefinition.findContainer(name));
  return taken && `it has a container '${taken}' already`;
}

/** Whether the application is left with too little, though ECS would accept it. */
export function isCrowded(taskDefinition: ecs.TaskDefinition, { memoryMiB }: TaskShare): boolean {
  const task = taskMemoryMiB(taskDefinition);
  return task !== undefined && task - memoryMiB < APPLICATION_MINIMUM_MIB;
}

function taskMemoryMiB(taskDefinition: ecs.TaskDefinition): number | undefined {
  const memory = Number((taskDefinition.node.defaultChild as ecs.CfnTaskDefinition).memory);
  return Number.isFinite(memory) ? memory : undefined;
}

/** Log routers and other helpers count as well: ECS adds up every container. */
function otherContainers(taskDefinition: ecs.TaskDefinition, share: TaskShare): ecs.ContainerDefinition[] {
  return containersOf(taskDefinition).filter(({ containerName }) => !share.containers.includes(containerName));
}

function hardLimitsMiB(containers: ecs.ContainerDefinition[]): number {
  // Rendering takes a while, and most containers have no limit of their own.
  const limited = containers.filter(({ memoryLimitSpecified }) => memoryLimitSpecified);
  return limited.reduce((sum, container) => sum + (container.renderContainerDefinition().memory ?? 0), 0);
}
