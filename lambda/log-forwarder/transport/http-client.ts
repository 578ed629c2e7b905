// SPDX-License-Identifier: Apache-2.0
import http, { type IncomingHttpHeaders, type RequestOptions } from 'node:http';
import https from 'node:https';
import { proxyFor } from './proxy-route';
import { ProxySettings } from '../settings';

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: { readonly [name: string]: string };
  readonly body: Buffer;
  /** How long to wait for the answer. */
  readonly limitMs: number;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The body ended as announced. */
  readonly complete: boolean;
}

/** No answer arrived. */
export class TransportError extends Error {
  /** @param reason an error code such as `ECONNREFUSED`, or `timeout` */
  constructor(readonly reason: string, readonly connectionWasStale: boolean) {
    super(`no answer: ${reason}`);
  }
}

/** Shorter than load balancers keep an idle connection, so that one which died in a frozen environment is mostly not tried at all. */
const LONGEST_IDLE_MS = 30_000;
/** For the rest of an answer whose status is known already. */
const LONGEST_BODY_MS = 2000;

/** Requests over connections that are kept alive between invocations, through the proxy where one is set. */
export class HttpClient {
  private readonly agents = new Map<string, Promise<http.Agent>>();
  private lastUse = 0;

  constructor(private readonly proxies: ProxySettings, private readonly connections: number) {}

  async send(request: HttpRequest): Promise<HttpResponse> {
    const proxy = proxyFor(request.url, this.proxies);
    const agent = await this.agentFor(request.url, proxy);
    if (Date.now() - this.lastUse > LONGEST_IDLE_MS) {
      dropIdleConnections(agent);
    }
    const end = performance.now() + request.limitMs;
    for (let staleConnections = 0; ; staleConnections++) {
      try {
        return await exchange(request, agent, proxy, end - performance.now());
      } catch (error) {
        // The server closed the connection while nobody looked. That is no failure of the request; it did not reach anybody.
        if (!(error instanceof TransportError && error.connectionWasStale) || staleConnections > this.connections) {
          throw error;
        }
        dropIdleConnections(agent);
      } finally {
        this.lastUse = Date.now();
      }
    }
  }

  private async agentFor(url: URL, proxy: URL | undefined): Promise<http.Agent> {
    const route = `${url.protocol} ${proxy?.href}`;
    const agent = this.agents.get(route) ?? this.makeAgent(url, proxy);
    this.agents.set(route, agent);
    return agent;
  }

  private async makeAgent(url: URL, proxy: URL | undefined): Promise<http.Agent> {
    const options = { keepAlive: true, maxSockets: this.connections, scheduling: 'lifo' } as const;
    if (proxy && url.protocol === 'https:') {
      // eslint-disable-next-line import/no-extraneous-dependencies -- bundled into the asset; loaded only where there is a proxy
      const { HttpsProxyAgent } = await import('https-proxy-agent');
      return new HttpsProxyAgent(proxy, options);
    }
    return (proxy ?? url).protocol === 'https:' ? new https.Agent(options) : new http.Agent(options);
  }
}

function dropIdleConnections(agent: http.Agent): void {
  for (const sockets of Object.values(agent.freeSockets)) {
    sockets?.forEach((socket) => socket.destroy());
  }
}

async function exchange(request: HttpRequest, agent: http.Agent, proxy: URL | undefined, limitMs: number): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const headers = { ...request.headers, 'content-length': String(request.body.length) };
    const throughProxy = proxy && request.url.protocol === 'http:';
    const options: RequestOptions = { method: request.method, agent, headers };
    const outgoing = throughProxy
      ? requestTo(proxy)(proxy, { ...options, path: request.url.href, headers: { ...headers, host: request.url.host, ...credentials(proxy) } })
      : requestTo(request.url)(request.url, options);
    const giveUp = () => outgoing.destroy(Object.assign(new Error('timeout'), { code: 'timeout' }));
    let timer = setTimeout(giveUp, Math.max(1, limitMs));
    outgoing.on('close', () => clearTimeout(timer));
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code ?? 'error';
      reject(new TransportError(reason, outgoing.reusedSocket && (reason === 'ECONNRESET' || reason === 'EPIPE')));
    });
    outgoing.on('response', (incoming) => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, LONGEST_BODY_MS);
      const chunks: Buffer[] = [];
      // With a status the question is answered, whatever becomes of the rest.
      const settle = () => resolve({
        status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks), complete: incoming.complete,
      });
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', settle);
      incoming.on('close', settle);
      incoming.on('end', settle);
    });
    outgoing.end(request.body);
  });
}

function requestTo(url: URL): typeof http.request {
  return url.protocol === 'https:' ? https.request : http.request;
}

function credentials(proxy: URL): { 'proxy-authorization'?: string } {
  const user = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return user === ':' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(user).toString('base64')}` };
}
