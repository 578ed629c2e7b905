// SPDX-License-Identifier: Apache-2.0
import { Batch } from '../batch/batch';
import { gunzip } from '../compression/gzip';
import { release } from '../compression/memory';
import { skipValue } from '../message/json-text';

/** The batch of a stored object, to be sent byte for byte as it is; `undefined` when it is none. */
export function readStoredBatch(body: Buffer): Batch | undefined {
  const starts = logStarts(body);
  return starts && { body, encoding: 'gzip', count: starts.length, starts };
}

function logStarts(body: Buffer): number[] | undefined {
  let array: string;
  try {
    // One character a byte: what separates the logs is ASCII, which occurs in no longer character of UTF-8.
    const bytes = gunzip(body);
    array = bytes.toString('latin1');
    release(bytes);
  } catch {
    return undefined;
  }
  if (array[0] !== '[') {
    return undefined;
  }
  const starts: number[] = [];
  let at = 0;
  do {
    at++;
    if (array[at] !== '{') {
      return undefined;
    }
    starts.push(at);
    at = skipValue(array, at);
  } while (array[at] === ',');
  return array[at] === ']' && at + 1 === array.length ? starts : undefined;
}
