// SPDX-License-Identifier: Apache-2.0
import { Compressed, Compression, decompress } from '../compression/compression';

/** A request's body: a JSON array of logs in its final form, which is what is stored when it cannot be sent. */
export interface Batch extends Compressed {
  readonly count: number;
  /** Where each log starts in the decompressed array. */
  readonly starts: readonly number[];
}

/** Compresses a complete JSON array, whose buffer may be used again then. */
export function compress(array: Buffer, starts: readonly number[], compression: Compression): Batch {
  return { ...compression.compress(array), count: starts.length, starts };
}

/** Two halves of a batch that the intake found too large. */
export function splitBatch(batch: Batch, compression: Compression): [Batch, Batch] {
  const array = decompress(batch);
  const middle = Math.floor(batch.count / 2);
  const cut = batch.starts[middle];
  // The comma before the second half becomes the bracket that ends the first.
  const first = Buffer.from(array.subarray(0, cut));
  first[cut - 1] = 0x5d;
  const second = Buffer.concat([Buffer.from('['), array.subarray(cut)]);
  return [
    compress(first, batch.starts.slice(0, middle), compression),
    compress(second, batch.starts.slice(middle).map((start) => start - cut + 1), compression),
  ];
}
