// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { gunzip, gzip } from '../../../lambda/log-forwarder/compression/gzip';
import { release } from '../../../lambda/log-forwarder/compression/memory';

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a few bytes', Buffer.from('hello')],
  ['zeros', Buffer.alloc(1_000_000)],
  ['what cannot be compressed', randomBytes(1_000_000)],
])('%s survives', (_, data) => {
  for (const level of [0, 1, 9]) {
    expect(gunzipSync(gzip(data, level)).equals(data)).toBe(true);
    expect(gunzip(gzip(data, level)).equals(data)).toBe(true);
  }
});

test('a length that is not that of the data does no harm', () => {
  const [long, short] = [randomBytes(300_000), Buffer.from('short')];
  // Two parts are one file of gzip; its end tells the length of the last one.
  expect(gunzip(Buffer.concat([gzipSync(long), gzipSync(short)])).equals(Buffer.concat([long, short]))).toBe(true);
  const wrong = Buffer.concat([gzipSync(short), gzipSync(short)]);
  wrong.writeUInt32LE(0xffffffff, wrong.length - 4);
  expect(() => gunzip(wrong)).toThrow('incorrect length check');
});

test.each([['', 'unexpected end of file'], ['x', 'unexpected end of file'], ['no gzip at all', 'incorrect header check']])('%j is no gzip', (text, error) => {
  expect(() => gunzip(Buffer.from(text))).toThrow(error);
});

test('memory that small buffers share is not released', () => {
  const [first, second] = [Buffer.from('first'), Buffer.from('second')];
  release(first);
  expect([first, second].map(String)).toEqual(['first', 'second']);
});

test('memory of its own is', () => {
  const buffer = Buffer.allocUnsafe(1_000_000);
  release(buffer);
  expect(buffer).toHaveLength(0);
});
