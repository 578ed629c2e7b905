// SPDX-License-Identifier: Apache-2.0
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
  private sequence = 0;

  constructor(
    private readonly bucket: S3Bucket | undefined,
    private readonly requestId: string,
    private readonly deadline: Deadline,
    private readonly slots: Slots,
  ) {}

  /**
   * Throws when the batch is not stored. An event that Lambda repeats keeps its request id, so it may replace what the failed invocation
   * stored: nothing is lost by that, since the whole event is delivered or stored again.
   */
  async store(batch: Batch, { hour = hourPath(Date.now()), refusal }: StoreOptions = {}): Promise<void> {
    const { bucket } = this;
    if (!bucket) {
      throw new Error('no bucket is set (DD_S3_BUCKET_NAME)');
    }
    const key = `${UNDELIVERED_PREFIX}${hour}/${this.requestId}-${this.sequence++}.json.gz`;
    const options = { contentType: 'application/gzip', metadata: refusal === undefined ? undefined : { [REASON]: refusal } };
    // The time that an attempt has must not be spent waiting for a connection.
    await this.slots.use(() => bucket.put(key, gzipOf(batch), options, () => this.deadline.leftForStoring()));
  }
}
