// SPDX-License-Identifier: Apache-2.0
import { Batch, compress } from './batch';
import { Compression } from '../compression/compression';

/** The intake takes 1,000 logs a request. */
export const MAX_LOGS = 1000;
/** The intake takes 5 MB a request, uncompressed; some room is left for whatever counts otherwise. */
export const MAX_BATCH_BYTES = 4_500_000;
/** The intake takes 1 MB a log, measured as it is on the wire. */
export const MAX_LOG_BYTES = 1_000_000;

/** One buffer outlives the invocation; a concurrent one makes its own. */
let spareBuffer: Buffer | undefined;

/**
 * Writes logs into one preallocated buffer. A single string of the whole batch would cost more: one emoji makes all of it two-byte,
 * and encoding that dominates.
 */
export class BatchWriter {
  private readonly buffer: Buffer;
  private starts: number[] = [];
  private end = 1;

  constructor(private readonly compression: Compression) {
    this.buffer = spareBuffer ?? Buffer.allocUnsafeSlow(MAX_BATCH_BYTES + MAX_LOG_BYTES + 2);
    spareBuffer = undefined;
    this.buffer[0] = 0x5b;
  }

  /** Adds a log of at most `MAX_LOG_BYTES`; returns the batch that it no longer fitted into. */
  add(text: string, tail: Buffer): Batch | undefined {
    let full = this.starts.length === MAX_LOGS ? this.finish() : undefined;
    let start = this.starts.length === 0 ? 1 : this.end + 1;
    let end = start + this.buffer.write(text, start);
    end += tail.copy(this.buffer, end);
    if (end >= MAX_BATCH_BYTES && this.starts.length > 0) {
      full = this.finish();
      this.buffer.copyWithin(1, start, end);
      end -= start - 1;
      start = 1;
    }
    this.buffer[start - 1] = this.starts.length === 0 ? 0x5b : 0x2c;
    this.starts.push(start);
    this.end = end;
    return full;
  }

  /** The batch of what was added since the last one. */
  finish(): Batch | undefined {
    if (this.starts.length === 0) {
      return undefined;
    }
    this.buffer[this.end] = 0x5d;
    const batch = compress(this.buffer.subarray(0, this.end + 1), this.starts, this.compression);
    this.starts = [];
    this.end = 1;
    return batch;
  }

  /** Gives the buffer back. The writer must not be used again. */
  release(): void {
    spareBuffer = this.buffer;
  }
}
