// SPDX-License-Identifier: Apache-2.0
import { gzipSync } from 'node:zlib';

/** A pseudo-random number below `limit` (a linear congruential generator: the same logs in every run). */
type Numbers = (limit: number) => number;

function numbers(): Numbers {
  let state = 42;
  return (limit) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(state / 2_147_483_648 * limit);
  };
}

const WORDS = 'order customer payment retry upstream timeout cache miss hit shipping invoice queue worker session token region request'.split(' ');
/** Two bytes, three, and a surrogate pair. */
const FOREIGN_WORDS = ['Größe', 'façade', 'Zürich', 'заказ', '注文', '支払い', '🚀', '💳'];

/** Half of the logs JSON, half plain text, one in twenty an error; all of one length. */
export function evenLogs(count: number, length: number): string {
  const next = numbers();
  return subscriptionData(count, next, (index) => {
    const time = timeOf(index);
    const level = levelOf(next);
    const json = index % 2 === 0;
    const start = json
      ? `{"time":"${time}","level":"${level}","dd.trace_id":"${next(2 ** 31)}${next(2 ** 31)}","request":"${hex(next, 16)}","msg":"`
      : `${time} ${level.toUpperCase()} [http-nio-8080-exec-${next(200)}] com.example.Checkout - id=${hex(next, 16)} `;
    const end = json ? '"}' : '';
    return filled(start, length - end.length, next).slice(0, length - end.length) + end;
  });
}

/** Each message only once, in this event and in all with another name. */
export function distinctLogs(name: string, count: number): string {
  const next = numbers();
  return subscriptionData(count, next, (index) => filled(`${name}, log ${index}: `, 200, next));
}

/** 72 % JSON, 17 % with tags of their own; 16 % plain lines, 12 % stack traces; one log in eight with text that is no ASCII. 670 bytes a log. */
export function mixedLogs(count: number): string {
  const next = numbers();
  return subscriptionData(count, next, (index) => {
    // Every number below 100 as often, and neighbours of different kinds.
    const kind = index * 37 % 100;
    const words = index % 8 === 0 ? FOREIGN_WORDS : WORDS;
    if (kind < 72) {
      return jsonLine(index, kind < 17, words, next);
    }
    return kind < 88 ? textLine(index, 150 + next(200), words, next) : stackTrace(index, words, next);
  });
}

function jsonLine(index: number, hasTags: boolean, words: readonly string[], next: Numbers): string {
  const ids = `"dd.trace_id":"${next(2 ** 31)}${next(2 ** 31)}","dd.span_id":${next(2 ** 31)}`;
  const tags = hasTags ? `"ddtags":"env:prod,version:1.42.${next(4)},git.commit.sha:0f3b9c7a1e2d4c5b8a9f,team:checkout",` : '';
  const request = `"http":{"method":"POST","url":"/v1/orders/${hex(next, 8)}","status_code":200,"duration_ms":${next(900)}}`;
  const start = `{"time":"${timeOf(index)}","level":"${levelOf(next)}","logger":"com.example.checkout.OrderService",${ids},${tags}${request},"msg":"`;
  return `${filled(start, 450 + next(200), next, words)}","path":"C:\\\\app\\\\${hex(next, 4)}"}`;
}

function textLine(index: number, length: number, words: readonly string[], next: Numbers): string {
  return filled(`${timeOf(index)} ${levelOf(next).toUpperCase()} [worker-${next(32)}] com.example.Checkout - `, length, next, words);
}

function stackTrace(index: number, words: readonly string[], next: Numbers): string {
  const frames = Array.from({ length: 18 + next(10) }, () =>
    `\tat com.example.${word(next)}.${word(next)}Service.handle(${word(next)}Service.java:${next(900)})`);
  return `${timeOf(index)} ERROR [main] ${filled('java.lang.IllegalStateException: ', 120, next, words)}\n${frames.join('\n')}`;
}

function filled(start: string, length: number, next: Numbers, words: readonly string[] = WORDS): string {
  let text = start;
  while (text.length < length) {
    text += `${words[next(words.length)]}=${next(100_000)} `;
  }
  return text;
}

function word(next: Numbers): string {
  return WORDS[next(WORDS.length)];
}

function hex(next: Numbers, digits: number): string {
  return Array.from({ length: digits }, () => next(16).toString(16)).join('');
}

function levelOf(next: Numbers): string {
  return next(20) === 0 ? 'error' : 'info';
}

function timeOf(index: number): string {
  return new Date(1_760_000_000_000 + index * 7).toISOString();
}

/** `awslogs.data` of a subscription event. */
function subscriptionData(count: number, next: Numbers, message: (index: number) => string): string {
  const event = {
    messageType: 'DATA_MESSAGE',
    owner: '123456789012',
    logGroup: '/ecs/prod-payments',
    logStream: 'payments/app/0f3b9c7a1e2d4c5b8a9f001122334455',
    subscriptionFilters: ['ToDatadog'],
    logEvents: Array.from({ length: count }, (_, index) => (
      { id: `3999${hex(next, 4)}${index}`, timestamp: 1_760_000_000_000 + index * 7, message: message(index) }
    )),
  };
  return gzipSync(JSON.stringify(event)).toString('base64');
}
