// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { volumesOf } from '../../private/task-volumes';
import { AgentMount } from '../agent-feature-config';

/** Mounts what is not mounted yet. A container's own mount at the same path stays; a volume of the same name is used as it is. */
export function addMounts(container: ecs.ContainerDefinition, mounts: readonly AgentMount[]): void {
  for (const mount of mounts.filter(({ containerPath }) => !mountPointAt(container, containerPath))) {
    addVolume(container.taskDefinition, mount);
    container.addMountPoints({ sourceVolume: mount.volumeName, containerPath: mount.containerPath, readOnly: mount.readOnly ?? true });
  }
}

/** The mounts whose path shows the container something else than the Agent sees. */
export function mountsThatLeadElsewhere(container: ecs.ContainerDefinition, mounts: readonly AgentMount[]): AgentMount[] {
  return mounts.filter((mount) => {
    const sourceVolume = mountPointAt(container, mount.containerPath)?.sourceVolume;
    const hostPath = volumesOf(container.taskDefinition).find(({ name }) => name === sourceVolume)?.host?.sourcePath;
    return mount.hostPath ? withoutSlash(hostPath) !== withoutSlash(mount.hostPath) : sourceVolume !== mount.volumeName;
  });
}

function mountPointAt(container: ecs.ContainerDefinition, path: string): ecs.MountPoint | undefined {
  return container.mountPoints.find(({ containerPath }) => withoutSlash(containerPath) === withoutSlash(path));
}

function withoutSlash(path: string | undefined): string | undefined {
  return path?.replace(/(.)\/$/, '$1');
}

function addVolume(taskDefinition: ecs.TaskDefinition, mount: AgentMount): void {
  if (!volumesOf(taskDefinition).some(({ name }) => name === mount.volumeName)) {
    taskDefinition.addVolume({ name: mount.volumeName, ...volumeSource(mount) });
  }
}

function volumeSource({ hostPath, dockerVolume }: AgentMount): Partial<ecs.Volume> {
  if (dockerVolume) {
    return { dockerVolumeConfiguration: { autoprovision: true, driver: 'local', scope: ecs.Scope.SHARED } };
  }
  return hostPath ? { host: { sourcePath: hostPath } } : {};
}
