// SPDX-License-Identifier: Apache-2.0
import { AgentMount } from '../agent-feature-config';

const LINUX_OFFSETS = '/opt/datadog-agent/run';
const LINUX_LOGS = '/var/lib/docker/containers';
const WINDOWS_LOGS = 'c:/programdata/docker/containers';

/** Where Docker writes the output of containers, https://docs.datadoghq.com/containers/amazon_ecs/logs/. */
export const DOCKER_LOGS_MOUNT: AgentMount = { volumeName: 'containers_root', hostPath: LINUX_LOGS, containerPath: LINUX_LOGS };

/** The output, and how far it is tailed; that outlives the Agent, so that no line is sent twice or skipped. */
export const LINUX_LOG_MOUNTS: AgentMount[] = [
  { volumeName: 'pointdir', hostPath: LINUX_OFFSETS, containerPath: LINUX_OFFSETS, readOnly: false },
  DOCKER_LOGS_MOUNT,
];

/** The same on Windows, where Docker keeps the offsets in a volume of its own. */
export const WINDOWS_LOG_MOUNTS: AgentMount[] = [
  { volumeName: 'pointdir', dockerVolume: true, containerPath: 'C:/programdata/datadog/run', readOnly: false },
  { volumeName: 'containers_root', hostPath: WINDOWS_LOGS, containerPath: WINDOWS_LOGS },
];
