// SPDX-License-Identifier: Apache-2.0
import { LINUX_HOST_MOUNTS } from './host-mounts';
import { PlatformDefinition } from './platform-definition';

const CONTAINERD_SOCKET = '/var/run/containerd/containerd.sock';

/** https://docs.datadoghq.com/containers/amazon_ecs/managed_instances/ */
export const managedDaemon: PlatformDefinition = {
  runsWindows: false,
  isDaemon: true,
  environment: { ECS_MANAGED_INSTANCES: 'true', DD_CRI_SOCKET_PATH: CONTAINERD_SOCKET },
  mounts: [{ volumeName: 'containerd_sock', hostPath: CONTAINERD_SOCKET, containerPath: CONTAINERD_SOCKET }, ...LINUX_HOST_MOUNTS],
  // ECS gives a daemon this address on every instance, https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-daemons.html.
  agentHost: '169.254.172.2',
};
