// SPDX-License-Identifier: Apache-2.0
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** A log as Datadog's intake takes it. */
export interface ReceivedLog {
  readonly message: string;
  readonly service?: string;
  readonly ddsource?: string;
  readonly ddtags?: string;
  readonly host?: string;
}

/** A stand-in for Datadog's logs intake on loopback. */
export interface LocalIntake {
  readonly url: string;
  readonly received: ReceivedLog[];
  close(): Promise<void>;
}

export async function startLocalIntake(): Promise<LocalIntake> {
  const received: ReceivedLog[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method !== 'POST' || request.url !== '/api/v2/logs' || !request.headers['dd-api-key']) {
        response.writeHead(403).end();
        return;
      }
      received.push(...JSON.parse(gunzipSync(Buffer.concat(chunks)).toString()));
      response.writeHead(202, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api/v2/logs`,
    received,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}
