// SPDX-License-Identifier: Apache-2.0
import { AgentMount } from '../agent-feature-config';
import { AgentPlatform } from '../agent-platform';
import { AgentTransport } from '../agent-transport';
import { definitionOf } from '../platforms/platforms';

/** Where the Agent makes its sockets unless told otherwise, https://docs.datadoghq.com/developers/dogstatsd/unix_socket/. */
export const SOCKET_DIRECTORY = '/var/run/datadog';

/** The directory of the Agent's sockets: the Agent creates them there, applications only connect. */
export function socketMount(platform: AgentPlatform, user: 'agent' | 'application'): AgentMount {
  return {
    volumeName: 'dd-sockets',
    hostPath: definitionOf(platform).isDaemon ? SOCKET_DIRECTORY : undefined,
    containerPath: SOCKET_DIRECTORY,
    readOnly: user === 'application',
  };
}

/** The transport that was asked for, else the best that the platform has. */
export function transportOn(platform: AgentPlatform, asked?: AgentTransport): AgentTransport {
  const { runsWindows } = definitionOf(platform);
  if (runsWindows && asked === AgentTransport.UNIX_SOCKET) {
    throw new Error(`'transport' must be AgentTransport.NETWORK for a ${platform}, since the Agent has no Unix sockets on Windows, got: '${asked}'`);
  }
  return asked ?? (runsWindows ? AgentTransport.NETWORK : AgentTransport.UNIX_SOCKET);
}
