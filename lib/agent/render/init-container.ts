// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { addMounts } from './mounts';
import { AgentInitContainer } from '../agent-feature-config';
import { markAsHelper } from '../application/application-containers';

/** What an init container may use, in MiB; it copies files. The figure of https://docs.datadoghq.com/integrations/ecs_fargate/. */
export const INIT_CONTAINER_MEMORY_MIB = 128;

/** What an init container leaves open. */
export interface InitContainerOptions {
  /** The image, where the init container has none of its own. */
  readonly image: ecs.ContainerImage;
  readonly logging: ecs.LogDriver;

  /** The construct's id. */
  readonly id?: string;
}

/** Adds a container that prepares a volume for others. Nobody waits for it yet. */
export function addInitContainer(scope: Construct, taskDefinition: ecs.TaskDefinition, init: AgentInitContainer, options: InitContainerOptions):
ecs.ContainerDefinition {
  const id = options.id ?? init.name;
  const container = new ecs.ContainerDefinition(scope, id, {
    taskDefinition,
    containerName: init.name,
    image: init.image ?? options.image,
    essential: false,
    memoryLimitMiB: INIT_CONTAINER_MEMORY_MIB,
    entryPoint: init.entryPoint && [...init.entryPoint],
    command: [...init.command],
    user: init.user,
    readonlyRootFilesystem: true,
    linuxParameters: linuxParameters(scope, `${id}LinuxParameters`, init),
    logging: options.logging,
  });
  markAsHelper(container);
  addMounts(container, init.mounts ?? []);
  return container;
}

function linuxParameters(scope: Construct, id: string, { dropCapabilities = [] }: AgentInitContainer): ecs.LinuxParameters | undefined {
  if (dropCapabilities.length === 0) {
    return undefined;
  }
  const parameters = new ecs.LinuxParameters(scope, id);
  parameters.dropCapabilities(...dropCapabilities);
  return parameters;
}
