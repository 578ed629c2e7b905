// SPDX-License-Identifier: Apache-2.0
import type { ClientRequestArgs } from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import { failure, TransportFailure } from './failure';
import { proxyCredentials, requestTo } from './proxy-route';

/** What an attempt without a limit of its own waits for the proxy. */
const LONGEST_CONNECT_MS = 10_000;

type Connected = (error: Error | null, socket: Duplex) => void;

/**
 * Connections to HTTPS servers through a proxy's `CONNECT`. Its own, since a waiting `CONNECT` must end with the request that it is for: the
 * usual packages leave it open, and a proxy that says nothing would use up all connections of a function that goes on being called.
 */
export class TunnelAgent extends https.Agent {
  constructor(private readonly proxy: URL, options: https.AgentOptions) {
    super(options);
  }

  override createConnection(options: ClientRequestArgs, connected: Connected): undefined {
    const target = `${options.host}:${options.port}`;
    const connect = requestTo(this.proxy)(this.proxy, {
      method: 'CONNECT', path: target, agent: false, headers: { host: target, ...proxyCredentials(this.proxy) },
    });
    const timer = setTimeout(() => connect.destroy(failure('timeout')), options.timeout ?? LONGEST_CONNECT_MS);
    connect.on('close', () => clearTimeout(timer));
    connect.on('connect', (answer, socket) => {
      clearTimeout(timer);
      if (answer.statusCode === 200) {
        connected(null, super.createConnection({ ...options, socket } as ClientRequestArgs)!);
      } else {
        socket.destroy();
        fail(failure(`proxy status ${answer.statusCode}`));
      }
    });
    const fail = (error: TransportFailure) => connected(error, undefined as never);
    connect.on('error', fail);
    connect.end();
  }
}
