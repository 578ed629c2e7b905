// SPDX-License-Identifier: Apache-2.0
import { AgentMount } from '../agent-feature-config';
import { AgentPlatform } from '../agent-platform';

/** Where the Agent makes its sockets unless told otherwise, https://docs.datadoghq.com/developers/dogstatsd/unix_socket/. */
export const SOCKET_DIRECTORY = '/var/run/datadog';

/** The directory of the Agent's sockets: the Agent creates them there, applications only connect. */
export function socketMount(platform: AgentPlatform, user: 'agent' | 'application'): AgentMount {
  return {
    volumeName: 'dd-sockets',
    hostPath: platform === AgentPlatform.EC2_DAEMON ? SOCKET_DIRECTORY : undefined,
    containerPath: SOCKET_DIRECTORY,
    readOnly: user === 'application',
  };
}
