// SPDX-License-Identifier: Apache-2.0
import http from 'node:http';
import { gunzipSync, gzipSync } from 'node:zlib';

/** The compression, also measured alone. */
export const GZIP = { level: 1, chunkSize: 64 * 1024 };

const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
const buffer = Buffer.allocUnsafeSlow(5_500_000);

/**
 * The shortest pipeline from event to intake, which a forwarder cannot do without: no look at a message (its own tags, its level, its length),
 * no identity, no filter, no retry, no deadline, no metrics. It sends what the handler sends, except that a message keeps the tags that the handler
 * moves from it into the log's `ddtags`: about as many bytes.
 *
 * @param tail what comes behind the message of every log
 */
export async function forward(data: string, url: string, tail: Buffer): Promise<void> {
  const event = JSON.parse(gunzipSync(Buffer.from(data, 'base64'), { chunkSize: 1024 * 1024 }).toString());
  const posts: Promise<void>[] = [];
  let count = 0;
  let end = 0;
  const flush = () => {
    buffer[end++] = 0x5d;
    posts.push(post(url, gzipSync(buffer.subarray(0, end), GZIP)));
    count = 0;
    end = 0;
  };
  for (const { id, timestamp, message } of event.logEvents) {
    buffer[end++] = count++ === 0 ? 0x5b : 0x2c;
    end += buffer.write(`{"id":"${id}","timestamp":${timestamp},"message":${JSON.stringify(message)}`, end);
    end += tail.copy(buffer, end);
    if (count === 1000 || end > 4_500_000) {
      flush();
    }
  }
  if (count > 0) {
    flush();
  }
  await Promise.all(posts);
}

async function post(url: string, body: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip', 'dd-api-key': 'key', 'content-length': body.length };
    http.request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => response.statusCode === 202 ? resolve() : reject(new Error(`status ${response.statusCode}`)));
    }).on('error', reject).end(body);
  });
}
