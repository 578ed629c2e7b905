// SPDX-License-Identifier: Apache-2.0
import { LINUX_HOST_MOUNTS } from './host-mounts';
import { PlatformDefinition } from './platform-definition';

/** https://docs.datadoghq.com/containers/amazon_ecs/ */
export const ec2Daemon: PlatformDefinition = {
  runsWindows: false,
  isDaemon: true,
  environment: {},
  mounts: [{ volumeName: 'docker_sock', hostPath: '/var/run/docker.sock', containerPath: '/var/run/docker.sock' }, ...LINUX_HOST_MOUNTS],
};
