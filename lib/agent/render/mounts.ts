// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { volumesOf } from '../../private/task-volumes';
import { AgentMount } from '../agent-feature-config';

/** The volumes that were added here, so that a task's own, which have to be resolved to be read, are read once for each. */
const ADDED_VOLUMES = new WeakMap<ecs.TaskDefinition, Set<string>>();

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
    // Only a path of the host is looked for among the volumes, which have to be resolved for it.
    return mount.hostPath
      ? withoutSlash(hostPathOf(container.taskDefinition, sourceVolume)) !== withoutSlash(mount.hostPath)
      : sourceVolume !== mount.volumeName;
  });
}

function hostPathOf(taskDefinition: ecs.TaskDefinition, volumeName: string | undefined): string | undefined {
  return volumesOf(taskDefinition).find(({ name }) => name === volumeName)?.host?.sourcePath;
}

function mountPointAt(container: ecs.ContainerDefinition, path: string): ecs.MountPoint | undefined {
  return container.mountPoints.find(({ containerPath }) => withoutSlash(containerPath) === withoutSlash(path));
}

function withoutSlash(path: string | undefined): string | undefined {
  return path?.replace(/(.)\/$/, '$1');
}

function addVolume(taskDefinition: ecs.TaskDefinition, mount: AgentMount): void {
  const added = ADDED_VOLUMES.get(taskDefinition) ?? new Set<string>();
  if (!added.has(mount.volumeName) && !volumesOf(taskDefinition).some(({ name }) => name === mount.volumeName)) {
    taskDefinition.addVolume({ name: mount.volumeName, ...volumeSource(mount) });
    ADDED_VOLUMES.set(taskDefinition, added.add(mount.volumeName));
  }
}

function volumeSource({ hostPath, dockerVolume }: AgentMount): Partial<ecs.Volume> {
  if (dockerVolume) {
    return { dockerVolumeConfiguration: { autoprovision: true, driver: 'local', scope: ecs.Scope.SHARED } };
  }
  return hostPath ? { host: { sourcePath: hostPath } } : {};
}
