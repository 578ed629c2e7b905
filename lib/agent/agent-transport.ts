// SPDX-License-Identifier: Apache-2.0

/** How an application reaches the Agent. */
export enum AgentTransport {
  /** Through Unix domain sockets in a shared volume, `/var/run/datadog`: the same on every platform, no open port, no address to find. */
  UNIX_SOCKET = 'unix-socket',

  /** Through the network: TCP port 8126 for traces, UDP port 8125 for DogStatsD. */
  NETWORK = 'network',
}
