// SPDX-License-Identifier: Apache-2.0
import { Deadline } from './deadline';
import { AwsClient } from '../aws/aws-client';
import { Batch } from '../batch/batch';

/** Where batches wait that the intake did not take, each as one object in exactly the form in which it was sent. */
export class UndeliveredBucket {
  private sequence = 0;

  constructor(
    private readonly aws: AwsClient,
    private readonly bucket: string | undefined,
    private readonly prefix: string,
    private readonly requestId: string,
    private readonly deadline: Deadline,
  ) {}

  /**
   * Throws when the batch is not stored. An event that Lambda repeats keeps its request id, so it may replace what the failed invocation
   * stored: nothing is lost by that, since the whole event is delivered or stored again.
   */
  async store(batch: Batch): Promise<void> {
    if (!this.bucket) {
      throw new Error('no bucket is set (DD_S3_BUCKET_NAME)');
    }
    const hour = new Date().toISOString().slice(0, 13).replace(/[-T]/g, '/');
    const key = `${this.prefix}${hour}/${this.requestId}-${this.sequence++}.json.gz`;
    await this.aws.putObject(this.bucket, key, batch.body, () => this.deadline.leftForStoring());
  }
}
