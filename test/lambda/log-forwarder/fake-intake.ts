// SPDX-License-Identifier: Apache-2.0
import { createServer, IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo, Socket } from 'node:net';
import zlib from 'node:zlib';

/** A log as the intake reads it. */
export interface ArrivedLog {
  readonly id?: string;
  readonly timestamp?: number;
  readonly message: string;
  readonly ddtags: string;
  readonly ddsource: string;
  readonly service: string;
  readonly host: string;
  readonly [member: string]: unknown;
}

export interface ArrivedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly logs: ArrivedLog[];
}

/** What the intake does with a request; `undefined` accepts it. */
export type Behaviour = (request: ArrivedRequest, response: ServerResponse, socket: Socket) => void | 'accept';

/** A logs intake on loopback that behaves, or misbehaves, as the test says. */
export class FakeIntake {
  /** Everything that was asked, accepted or not. */
  readonly requests: ArrivedRequest[] = [];
  readonly accepted: ArrivedLog[] = [];
  connections = 0;
  readonly server: Server;
  private readonly sockets = new Set<Socket>();

  constructor() {
    this.server = createServer((request, response) => this.receive(request, response));
    this.server.keepAliveTimeout = 60_000;
    this.server.on('connection', (socket) => {
      this.connections++;
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  behave: Behaviour = () => 'accept';

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/api/v2/logs`;
  }

  /** What a frozen environment finds when it wakes up: connections that are gone. */
  resetConnections(): void {
    this.sockets.forEach((socket) => socket.resetAndDestroy());
  }

  async stop(): Promise<void> {
    this.resetConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private receive(message: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const body = Buffer.concat(chunks);
      const request = { path: message.url ?? '', headers: message.headers, body, logs: JSON.parse(decoded(message, body)) };
      this.requests.push(request);
      if (this.behave(request, response, message.socket) === 'accept') {
        this.accept(request, response);
      }
    });
  }

  accept(request: ArrivedRequest, response: ServerResponse): void {
    this.accepted.push(...request.logs);
    response.writeHead(202, { 'content-type': 'application/json' }).end('{}');
  }
}

function decoded({ headers }: IncomingMessage, body: Buffer): string {
  // The types of Node.js 20 do not know it.
  const { zstdDecompressSync } = zlib as unknown as { zstdDecompressSync(data: Buffer): Buffer };
  return (headers['content-encoding'] === 'zstd' ? zstdDecompressSync(body) : zlib.gunzipSync(body)).toString();
}

/** Answers with one status. */
export function answer(response: ServerResponse, status: number, headers: { [name: string]: string } = {}): void {
  response.writeHead(status, headers).end('{"errors":[]}');
}
