// SPDX-License-Identifier: Apache-2.0
import { AgentMount } from '../agent-feature-config';

/** Processes and resource limits of a Linux host, https://docs.datadoghq.com/containers/amazon_ecs/. */
export const LINUX_HOST_MOUNTS: AgentMount[] = [
  { volumeName: 'proc', hostPath: '/proc/', containerPath: '/host/proc' },
  { volumeName: 'cgroup', hostPath: '/sys/fs/cgroup/', containerPath: '/host/sys/fs/cgroup' },
];
