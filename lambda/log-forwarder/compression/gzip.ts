// SPDX-License-Identifier: Apache-2.0
import { gunzipSync, gzipSync } from 'node:zlib';
import { release } from './memory';

/** Room for headers, and for the one byte that must stay free for a chunk to be the last one. */
const SPARE_BYTES = 4096;
/** Nothing that is larger reaches a Lambda function: a length beyond it is wrong. */
const LONGEST_CHUNK = 64 * 1024 * 1024;

/**
 * Synchronous, because a Lambda function of less than 1,769 MB has less than one processor: a second thread gains nothing there, and the data's
 * buffer is free again at once. The result is alone in its memory.
 */
export function gzip(data: Buffer, level: number): Buffer {
  return ownCopy(gzipSync(data, { level, chunkSize: chunkFor(data) }));
}

/** The result may be released. Throws when it is no gzip. */
export function gunzip(zipped: Buffer): Buffer {
  // At its end gzip says how long the data is, so that one chunk is enough: growing the output in steps costs a third more, and a copy.
  const length = zipped.length < 4 ? 0 : zipped.readUInt32LE(zipped.length - 4);
  return gunzipSync(zipped, { chunkSize: Math.min(LONGEST_CHUNK, length + SPARE_BYTES) });
}

/** For the compressed data of the worst case; what is not needed of it is never touched, and takes no memory. */
export function chunkFor(data: Buffer): number {
  return data.length + Math.ceil(data.length / 100) + SPARE_BYTES;
}

/** Of the used part of a chunk, which is released. */
export function ownCopy(chunk: Buffer): Buffer {
  const copy = Buffer.from(chunk);
  release(chunk);
  return copy;
}
