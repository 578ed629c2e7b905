// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { Deadline } from './deadline';
import { Slots } from './slots';
import { S3Bucket } from '../../shared/aws/s3-bucket';
import { Batch } from '../batch/batch';
import { hourPath, REASON, UNDELIVERED_PREFIX } from '../bucket-layout';
import { gzipOf } from '../compression/compression';

export interface StoreOptions {
  /** Of a batch that has waited already: the hour of its name. */
  readonly hour?: string;
  /** Why the intake refused this log, if it is the log's own fault. */
  readonly refusal?: string;
}

/** Where batches wait that the intake did not take, each as one object of gzip. */
export class UndeliveredBucket {
  constructor(
    private readonly bucket: S3Bucket | undefined,
    private readonly requestId: string,
    private readonly deadline: Deadline,
    private readonly slots: Slots,
  ) {}

  /**
   * Throws when the batch is not stored. An event that Lambda repeats keeps its request id, so a batch that the failed invocation stored already is
   * there once, whatever the order. No other one has its name: a request that the failed invocation has left behind may arrive at any time.
   */
  async store(batch: Batch, { hour = hourPath(Date.now()), refusal }: StoreOptions = {}): Promise<void> {
    const { bucket } = this;
    if (!bucket) {
      throw new Error('no bucket is set (DD_S3_BUCKET_NAME)');
    }
    const body = gzipOf(batch);
    const key = `${UNDELIVERED_PREFIX}${hour}/${this.requestId}-${contentName(body)}.json.gz`;
    const options = { contentType: 'application/gzip', metadata: refusal === undefined ? undefined : { [REASON]: refusal } };
    // The time that an attempt has must not be spent waiting for a connection.
    await this.slots.use(() => bucket.put(key, body, options, () => this.deadline.leftForStoring()));
  }
}

function contentName(body: Buffer): string {
  return createHash('sha256').update(body).digest('hex').slice(0, 16);
}
