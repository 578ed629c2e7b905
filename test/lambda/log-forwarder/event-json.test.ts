// SPDX-License-Identifier: Apache-2.0
import { parseEvent } from '../../../lambda/log-forwarder/event/event-json';

const HEAD = { messageType: 'DATA_MESSAGE', owner: '1', logGroup: 'g', logStream: 's', subscriptionFilters: ['f'] };

function logs(message: (index: number) => string, count = 2000): object[] {
  return Array.from({ length: count }, (_, index) => ({ id: String(index), timestamp: index, message: message(index) }));
}

/** Text in which the ends and beginnings of logs seem to be. */
const TRAP = '"},{"id":"';

test.each([
  ['a short event', { ...HEAD, logEvents: logs((index) => `log ${index}`, 3) }],
  ['a long one', { ...HEAD, logEvents: logs((index) => 'x'.repeat(index % 700)) }],
  ['long characters on every border', { ...HEAD, logEvents: logs((index) => '🚀é\ud800'.repeat(index % 97)) }],
  ['one message of a megabyte', { ...HEAD, logEvents: logs(() => 'y'.repeat(1_000_000), 2) }],
  ['messages that look like events', { ...HEAD, logEvents: logs((index) => `${TRAP}${index}"logEvents":[{"message":"x"}]}\\${TRAP}`.repeat(5)) }],
  ['extracted fields that look like logs', {
    ...HEAD, logEvents: logs(() => 'x'.repeat(300)).map((log) => ({ ...log, extractedFields: { list: [{ a: 'b' }, { id: 'c' }] } })),
  }],
  ['another order', { logEvents: logs(() => 'x'), ...HEAD }],
  ['a member that is called similarly', { 'not "logEvents': [1], 'logEvents': logs(() => 'x') }],
  ['no logs', { ...HEAD, logEvents: [] }],
  ['none of the members', {}],
  ['no object', [1]],
])('%s is what JSON.parse makes of it', (_, event) => {
  const json = JSON.stringify(event);
  expect(parseEvent(Buffer.from(json))).toEqual(JSON.parse(json));
});

test('the last of two members of one name counts', () => {
  const json = '{"logEvents":[{"id":"1"}],"logEvents":[{"id":"2"}]}';
  expect(parseEvent(Buffer.from(json))).toEqual({ logEvents: [{ id: '2' }] });
});

test.each([
  ['ends early', (json: string) => json.slice(0, -3)],
  ['has something behind it', (json: string) => `${json}]}`],
  ['has a comma too many between two logs', (json: string) => json.replace('"},{"id":"1500"', '"},,{"id":"1500"')],
  ['has a comma too many at its end', (json: string) => json.replace(/\]\}$/, ',]}')],
  ['has a line break in a string', (json: string) => json.replace('1999,"message":"', '1999,"message":"\n')],
  ['lacks a brace', (json: string) => json.replace('{"id":"1999"', '"id":"1999"')],
])('an event that %s is no JSON', (_, corrupt) => {
  const json = JSON.stringify({ ...HEAD, logEvents: logs(() => 'x'.repeat(300)) });
  expect(corrupt(json)).not.toBe(json);
  expect(() => parseEvent(Buffer.from(corrupt(json)))).toThrow(SyntaxError);
});
