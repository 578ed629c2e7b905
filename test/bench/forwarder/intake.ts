// SPDX-License-Identifier: Apache-2.0
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import zlib from 'node:zlib';

/*
 * An intake in a process of its own, so that its processor time is nobody's. Argument: after how many milliseconds it answers. What arrives is only
 * kept; it is decoded when `GET` asks for it, so that nobody waits for that either.
 */
const delayMs = Number(process.argv[2]);
let arrived: { body: Buffer; encoding: string | undefined }[] = [];

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    const bodies = arrived;
    arrived = [];
    response.end(JSON.stringify(bodies.map(({ body, encoding }) => encoding === 'zstd' ? unzstd(body) : zlib.gunzipSync(body).toString())));
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    arrived.push({ body: Buffer.concat(chunks), encoding: request.headers['content-encoding'] });
    setTimeout(() => response.writeHead(202).end('{}'), delayMs);
  });
});

/** Only Node 22.15 and later have it, and the types of Node 20 have not. */
function unzstd(body: Buffer): string {
  return (zlib as unknown as { zstdDecompressSync(data: Buffer): Buffer }).zstdDecompressSync(body).toString();
}

server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send!((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
