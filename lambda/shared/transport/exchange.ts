// SPDX-License-Identifier: Apache-2.0
import http, { type IncomingHttpHeaders, type IncomingMessage, type RequestOptions } from 'node:http';
import { TransportError } from './failure';
import { proxyCredentials, requestTo } from './proxy-route';

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: { readonly [name: string]: string };
  readonly body: Buffer;
  /** How long to wait for the answer. */
  readonly limitMs: number;
  /** How long the rest of an answer may take whose status is known; some seconds unless it matters. */
  readonly bodyLimitMs?: number;
  /** Not sent again by itself over a new connection when an idle one turns out to be closed: then it may have arrived all the same. */
  readonly once?: boolean;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The body ended as announced. */
  readonly complete: boolean;
}

/** For the rest of an answer of which only the status matters. */
const LONGEST_BODY_MS = 2000;

/**
 * One request and its answer, or a `TransportError`. It is over at the limit whatever happens: a request that is destroyed while it waits for its
 * connection, or whose connection is taken over by another protocol, raises no error.
 */
export async function exchange(request: HttpRequest, agent: http.Agent, proxy: URL | undefined, limitMs: number): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const timeout = Math.max(1, limitMs);
    const outgoing = startRequest(request, agent, proxy, timeout);
    const fail = (reason: string, stale = false) => {
      clearTimeout(timer);
      reject(new TransportError(reason, stale));
      outgoing.destroy();
    };
    const timer = setTimeout(fail, timeout, 'timeout');
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code ?? 'error';
      fail(reason, outgoing.reusedSocket && (reason === 'ECONNRESET' || reason === 'EPIPE'));
    });
    outgoing.on('upgrade', (_, socket) => {
      socket.destroy();
      fail('status 101');
    });
    // After an answer has begun, its rejection comes too late to matter.
    outgoing.on('close', () => fail('closed'));
    outgoing.on('response', (incoming) => {
      if (isInterim(incoming)) {
        fail(`status ${incoming.statusCode}`);
      } else {
        clearTimeout(timer);
        resolve(readAnswer(incoming, request.bodyLimitMs ?? LONGEST_BODY_MS));
      }
    });
    outgoing.end(request.body);
  });
}

function startRequest(request: HttpRequest, agent: http.Agent, proxy: URL | undefined, timeout: number): http.ClientRequest {
  const headers = { ...request.headers, 'content-length': String(request.body.length) };
  const options: RequestOptions = { method: request.method, agent, headers };
  if (proxy && request.url.protocol === 'http:') {
    const toProxy = { ...headers, host: request.url.host, ...proxyCredentials(proxy) };
    return requestTo(proxy)(proxy, { ...options, path: request.url.href, headers: toProxy });
  }
  // The time-out is the tunnel's, which makes its connection before there is a socket that could be destroyed.
  return requestTo(request.url)(request.url, proxy ? { ...options, timeout } : options);
}

/** With a status the question is answered, whatever becomes of the rest. */
async function readAnswer(incoming: IncomingMessage, limitMs: number): Promise<HttpResponse> {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, limitMs);
    for (const end of ['error', 'close', 'end']) {
      incoming.on(end, () => {
        clearTimeout(timer);
        resolve();
      });
    }
  });
  if (!incoming.complete) {
    incoming.destroy();
  }
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks), complete: incoming.complete };
}

/** Node hands over a `101` without a protocol as if it were an answer. */
function isInterim(incoming: IncomingMessage): boolean {
  return (incoming.statusCode ?? 0) < 200;
}
