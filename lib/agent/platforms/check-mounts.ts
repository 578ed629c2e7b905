// SPDX-License-Identifier: Apache-2.0
import { AgentMount } from '../agent-feature-config';
import { AgentPlatform } from '../agent-platform';

/** Where there is no host to mount from, https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html. */
const WITHOUT_HOST = [AgentPlatform.FARGATE_SIDECAR, AgentPlatform.FARGATE_WINDOWS_SIDECAR];

/** Where Docker runs the containers, https://docs.aws.amazon.com/AmazonECS/latest/developerguide/docker-volumes.html. */
const WITH_DOCKER = [AgentPlatform.EC2_DAEMON, AgentPlatform.EC2_WINDOWS_DAEMON, AgentPlatform.EXTERNAL_DAEMON];

/** Throws on volumes that ECS would refuse when the task definition is deployed. */
export function checkMounts(platform: AgentPlatform, mounts: readonly AgentMount[]): void {
  for (const { volumeName, hostPath, dockerVolume } of mounts) {
    if (hostPath !== undefined && dockerVolume) {
      throw new Error(`'features' must mount either a path of the host or a Docker volume, got: both for '${volumeName}'`);
    }
    if (hostPath !== undefined && WITHOUT_HOST.includes(platform)) {
      throw new Error(`'features' of a ${platform} must not mount paths of a host, since Fargate has none, got: '${hostPath}' for '${volumeName}'`);
    }
    if (dockerVolume && !WITH_DOCKER.includes(platform)) {
      throw new Error(`'features' of a ${platform} must not mount Docker volumes, since Docker does not run it, got: '${volumeName}'`);
    }
  }
}
