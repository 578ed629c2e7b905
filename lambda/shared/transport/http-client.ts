// SPDX-License-Identifier: Apache-2.0
import http from 'node:http';
import https from 'node:https';
import { exchange, HttpRequest, HttpResponse } from './exchange';
import { TransportError } from './failure';
import { proxyFor } from './proxy-route';
import { ProxySettings } from './proxy-settings';
import { TunnelAgent } from './tunnel-agent';

/** Shorter than load balancers keep an idle connection, so that one which died in a frozen environment is mostly not tried at all. */
const LONGEST_IDLE_MS = 30_000;

/** The connections to one kind of address, through one proxy or none. */
interface Route {
  readonly agent: http.Agent;
  lastUse: number;
}

/** Requests over connections that are kept alive between invocations, through the proxy where one is set. */
export class HttpClient {
  private readonly routes = new Map<string, Route>();

  constructor(private readonly proxies: ProxySettings, private readonly connections: number) {}

  /** Resolves with whatever final status there is; rejects with a `TransportError` where there is none, at the request's limit at last. */
  async send(request: HttpRequest): Promise<HttpResponse> {
    const proxy = proxyFor(request.url, this.proxies);
    const route = this.routeTo(request.url, proxy);
    if (Date.now() - route.lastUse > LONGEST_IDLE_MS) {
      dropIdleConnections(route.agent);
    }
    const end = performance.now() + request.limitMs;
    for (let staleConnections = 0; ; staleConnections++) {
      try {
        return await exchange(request, route.agent, proxy, end - performance.now());
      } catch (error) {
        // The server closed the connection while nobody looked. That is mostly no failure of the request; it did not reach anybody.
        if (!(error instanceof TransportError && error.connectionWasStale) || request.once || staleConnections > this.connections) {
          throw error;
        }
        dropIdleConnections(route.agent);
      } finally {
        route.lastUse = Date.now();
      }
    }
  }

  private routeTo(url: URL, proxy: URL | undefined): Route {
    // By host: what the intake is sent all the time says nothing of the connections to AWS.
    const name = `${url.protocol}//${url.host} ${proxy?.href}`;
    const route = this.routes.get(name) ?? { agent: this.makeAgent(url, proxy), lastUse: 0 };
    this.routes.set(name, route);
    return route;
  }

  private makeAgent(url: URL, proxy: URL | undefined): http.Agent {
    const options = { keepAlive: true, maxSockets: this.connections, scheduling: 'lifo' } as const;
    if (proxy && url.protocol === 'https:') {
      return new TunnelAgent(proxy, options);
    }
    return (proxy ?? url).protocol === 'https:' ? new https.Agent(options) : new http.Agent(options);
  }
}

function dropIdleConnections(agent: http.Agent): void {
  for (const sockets of Object.values(agent.freeSockets)) {
    sockets?.forEach((socket) => socket.destroy());
  }
}
