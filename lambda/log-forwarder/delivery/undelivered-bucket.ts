// SPDX-License-Identifier: Apache-2.0
import { Deadline } from './deadline';
import { Slots } from './slots';
import { AwsClient } from '../../shared/aws/aws-client';
import { Batch } from '../batch/batch';
import { UNDELIVERED_PREFIX } from '../bucket-layout';

/** Where batches wait that the intake did not take, each as one object in exactly the form in which it was sent. */
export class UndeliveredBucket {
  private sequence = 0;

  constructor(
    private readonly aws: AwsClient,
    private readonly bucket: string | undefined,
    private readonly requestId: string,
    private readonly deadline: Deadline,
    private readonly slots: Slots,
  ) {}

  /**
   * Throws when the batch is not stored. An event that Lambda repeats keeps its request id, so it may replace what the failed invocation
   * stored: nothing is lost by that, since the whole event is delivered or stored again.
   */
  async store(batch: Batch): Promise<void> {
    const { bucket } = this;
    if (!bucket) {
      throw new Error('no bucket is set (DD_S3_BUCKET_NAME)');
    }
    const hour = new Date().toISOString().slice(0, 13).replace(/[-T]/g, '/');
    const key = `${UNDELIVERED_PREFIX}${hour}/${this.requestId}-${this.sequence++}.json.gz`;
    // The time that an attempt has must not be spent waiting for a connection.
    await this.slots.use(() => this.aws.putObject(bucket, key, batch.body, () => this.deadline.leftForStoring()));
  }
}
