// SPDX-License-Identifier: Apache-2.0
import { gunzipSync, gzipSync } from 'node:zlib';

/** A request's body in its final form: what is sent, and byte for byte what is stored when it cannot be. */
export interface Batch {
  /** A JSON array of logs, gzip. */
  readonly body: Buffer;
  readonly count: number;
  /** Where each log starts in the decompressed array. */
  readonly starts: readonly number[];
}

/**
 * Compresses a complete JSON array. Synchronously, because a Lambda function of less than 1,769 MB has less than one processor: a second
 * thread gains nothing there, and the array's buffer is free again at once.
 */
export function compress(array: Buffer, starts: readonly number[], level: number): Batch {
  return { body: gzipSync(array, { level, chunkSize: 64 * 1024 }), count: starts.length, starts };
}

/** Two halves of a batch that the intake found too large. */
export function splitBatch(batch: Batch, level: number): [Batch, Batch] {
  const array = gunzipSync(batch.body);
  const middle = Math.floor(batch.count / 2);
  const cut = batch.starts[middle];
  // The comma before the second half becomes the bracket that ends the first.
  const first = Buffer.from(array.subarray(0, cut));
  first[cut - 1] = 0x5d;
  const second = Buffer.concat([Buffer.from('['), array.subarray(cut)]);
  return [
    compress(first, batch.starts.slice(0, middle), level),
    compress(second, batch.starts.slice(middle).map((start) => start - cut + 1), level),
  ];
}
