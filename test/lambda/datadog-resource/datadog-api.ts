// SPDX-License-Identifier: Apache-2.0
import { createServer, IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { ApiAnswer, Collection, refuse } from './datadog/collection';
import { Downtimes } from './datadog/downtimes';
import { Monitors } from './datadog/monitors';
import { Slos } from './datadog/slos';

/** What goes wrong with requests of one kind. */
export interface Fault {
  /** Method and path, such as `/^POST .*monitor$/`. */
  readonly on: RegExp;
  /** How many requests; all of them if not said. */
  readonly times?: number;
  /** Answered instead of doing anything. */
  readonly instead?: { readonly status: number; readonly headers?: { readonly [name: string]: string }; readonly body?: unknown };
  /** Done, and then: what becomes of the answer. */
  readonly after?: 'reset' | 'silence' | 'half of a body' | 'status 502';
  /** Done only after so many milliseconds, with the answer lost at once. */
  readonly lateMs?: number;
  /** Done only together with the next request of the same kind, with the answer lost at once. */
  readonly withTheNext?: boolean;
  /** Done, then this happens, and no answer. */
  readonly then?: () => void;
}

export interface ArrivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Datadog's API on loopback, with a memory. */
export class FakeDatadog {
  readonly monitors = new Monitors();
  readonly slos = new Slos();
  readonly downtimes = new Downtimes();
  readonly collections: Collection[] = [this.monitors, this.slos, this.downtimes];
  readonly requests: ArrivedRequest[] = [];
  readonly faults: (Fault & { left: number })[] = [];
  keys = { api: '', application: '' };
  private readonly server: Server = createServer((request, response) => this.receive(request, response));
  private waiting: { on: RegExp; run: () => void }[] = [];

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  fail(fault: Fault): void {
    this.faults.push({ ...fault, left: fault.times ?? Infinity });
  }

  /** How many requests of a method and path arrived. */
  count(pattern: RegExp): number {
    return this.requests.filter(({ method, path }) => pattern.test(`${method} ${path.split('?')[0]}`)).length;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private receive(message: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const request = { method: message.method!, path: message.url!, headers: message.headers, body: Buffer.concat(chunks).toString() };
      this.requests.push(request);
      const url = new URL(request.path, this.url);
      const call = `${request.method} ${url.pathname}`;
      const due = this.waiting.filter(({ on }) => on.test(call));
      this.waiting = this.waiting.filter(({ on }) => !on.test(call));
      due.forEach(({ run }) => run());
      const fault = this.faults.find(({ on, left }) => left > 0 && on.test(call));
      if (fault) {
        fault.left--;
        this.misbehave(fault, request, url, response);
      } else {
        write(response, this.answer(request, url));
      }
    });
  }

  private misbehave(fault: Fault, request: ArrivedRequest, url: URL, response: ServerResponse): void {
    if (fault.instead) {
      write(response, { status: fault.instead.status, body: fault.instead.body }, fault.instead.headers);
      return;
    }
    if (fault.lateMs !== undefined || fault.withTheNext) {
      const run = () => { this.answer(request, url); };
      if (fault.withTheNext) {
        this.waiting.push({ on: fault.on, run });
      } else {
        setTimeout(run, fault.lateMs);
      }
      response.socket!.resetAndDestroy();
      return;
    }
    const answer = this.answer(request, url);
    fault.then?.();
    if (fault.after === 'reset') {
      response.socket!.resetAndDestroy();
    } else if (fault.after === 'status 502') {
      response.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad gateway</html>');
    } else if (fault.after === 'half of a body') {
      const body = JSON.stringify(answer.body);
      response.writeHead(answer.status, { 'content-length': body.length });
      response.write(body.slice(0, body.length / 2), () => response.socket?.destroy());
    }
  }

  private answer({ method, headers, body }: ArrivedRequest, url: URL): ApiAnswer {
    if (headers['dd-api-key'] !== this.keys.api || headers['dd-application-key'] !== this.keys.application) {
      return refuse(403, 'Forbidden');
    }
    const collection = this.collections.find(({ path }) => url.pathname === path || url.pathname.startsWith(`${path}/`));
    if (!collection) {
      return refuse(404, 'Not found');
    }
    const rest = url.pathname.slice(collection.path.length).split('/').filter(Boolean);
    return collection.answer({ method, rest, query: url.searchParams, body: body === '' ? {} : JSON.parse(body) });
  }
}

function write(response: ServerResponse, { status, body }: ApiAnswer, headers: { readonly [name: string]: string } = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body === undefined ? undefined : JSON.stringify(body));
}
