// SPDX-License-Identifier: Apache-2.0

/** How applications reach the Agent. */
export enum AgentTransport {
  /** Unix domain sockets in a shared volume at `/var/run/datadog`: works on every platform, without an open port or an address to look up. */
  UNIX_SOCKET = 'unix-socket',

  /** The network: TCP port 8126 for traces, UDP port 8125 for DogStatsD. */
  NETWORK = 'network',
}
