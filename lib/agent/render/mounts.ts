// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { volumeNames } from '../../private/task-volumes';
import { AgentMount } from '../agent-feature-config';

/** Mounts what is not mounted yet. A container's own mount at the same path stays; a volume of the same name is used as it is. */
export function addMounts(container: ecs.ContainerDefinition, mounts: readonly AgentMount[]): void {
  const taken = container.mountPoints.map((mountPoint) => mountPoint.containerPath);
  for (const mount of mounts.filter(({ containerPath }) => !taken.includes(containerPath))) {
    addVolume(container.taskDefinition, mount);
    container.addMountPoints({ sourceVolume: mount.volumeName, containerPath: mount.containerPath, readOnly: mount.readOnly ?? true });
  }
}

function addVolume(taskDefinition: ecs.TaskDefinition, mount: AgentMount): void {
  if (!volumeNames(taskDefinition).includes(mount.volumeName)) {
    taskDefinition.addVolume({ name: mount.volumeName, ...(mount.hostPath ? { host: { sourcePath: mount.hostPath } } : {}) });
  }
}
