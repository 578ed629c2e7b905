// SPDX-License-Identifier: Apache-2.0
import { Batch, compress } from './batch';
import { Compression, decompress } from '../compression/compression';
import { truncate, TRUNCATION_MARKER } from '../message/truncation';

/** What is shorter is not refused for its length. */
const SHORTEST_LENGTH = 256;

/**
 * A batch of one log that the intake found too large, with about half of its message; `undefined` when there is nothing to gain. Extracted
 * fields go, as in every log that is cut: they only repeat parts of the message.
 */
export function shortenLog(batch: Batch, compression: Compression): { readonly batch: Batch; readonly wasWhole: boolean } | undefined {
  const [{ extractedFields, ...log }] = JSON.parse(decompress(batch).toString('utf8'));
  const wasWhole = !log.message.endsWith(TRUNCATION_MARKER);
  const message: string = wasWhole ? log.message : log.message.slice(0, -TRUNCATION_MARKER.length);
  if (message.length < SHORTEST_LENGTH) {
    return undefined;
  }
  log.message = truncate(message, Math.floor(Buffer.byteLength(JSON.stringify(message)) / 2));
  return { batch: compress(Buffer.from(JSON.stringify([log])), [1], compression), wasWhole };
}
