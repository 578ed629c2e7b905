// SPDX-License-Identifier: Apache-2.0
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/* An intake in a process of its own, so that its processor time is nobody's. It counts the logs that arrive; `GET` reads the count, or the last request's array. */
let logs = 0;
let last = '';

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.end(request.url?.endsWith('/last') ? last : String(logs));
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    last = gunzipSync(Buffer.concat(chunks)).toString();
    logs += JSON.parse(last).length;
    response.writeHead(202).end('{}');
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send!((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
