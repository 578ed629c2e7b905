// SPDX-License-Identifier: Apache-2.0
import { gzipSync } from 'node:zlib';

/** A reproducible pseudo-random number below `limit` (a linear congruential generator: the same logs in every run). */
function numbers(): (limit: number) => number {
  let state = 42;
  return (limit) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(state / 2_147_483_648 * limit);
  };
}

const WORDS = 'order customer payment retry upstream timeout cache miss hit shipping invoice queue worker session token region request'.split(' ');

/** A subscription event of ECS logs of `bytes` bytes each: half of them JSON, half plain text, one in twenty an error. */
export function subscriptionData(count: number, bytes: number): string {
  const next = numbers();
  const hex = (digits: number) => Array.from({ length: digits }, () => next(16).toString(16)).join('');
  const logEvents = Array.from({ length: count }, (_, index) => {
    const level = next(20) === 0 ? 'error' : 'info';
    const time = new Date(1_760_000_000_000 + index * 7).toISOString();
    const json = index % 2 === 0;
    let message = json
      ? `{"time":"${time}","level":"${level}","dd.trace_id":"${next(2 ** 31)}${next(2 ** 31)}","request":"${hex(16)}","msg":"`
      : `${time} ${level.toUpperCase()} [http-nio-8080-exec-${next(200)}] com.example.Checkout - id=${hex(16)} `;
    const end = json ? '"}' : '';
    while (message.length < bytes - end.length) {
      message += `${WORDS[next(WORDS.length)]}=${next(100_000)} `;
    }
    return { id: `3999${hex(4)}${index}`, timestamp: 1_760_000_000_000 + index * 7, message: message.slice(0, bytes - end.length) + end };
  });
  const event = {
    messageType: 'DATA_MESSAGE',
    owner: '123456789012',
    logGroup: '/ecs/prod-payments',
    logStream: 'payments/app/0f3b9c7a1e2d4c5b8a9f001122334455',
    subscriptionFilters: ['ToDatadog'],
    logEvents,
  };
  return gzipSync(JSON.stringify(event)).toString('base64');
}
