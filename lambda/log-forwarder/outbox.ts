// SPDX-License-Identifier: Apache-2.0
import { Batch } from './batch/batch';
import { Delivery, Halving } from './delivery/delivery';
import { UndeliveredBucket } from './delivery/undelivered-bucket';

/** Brings every batch to the intake or, failing that, into the bucket; remembers those for which both failed. */
export class Outbox {
  /** Logs stored in the bucket. */
  stored = 0;
  /** Why batches were not delivered, one entry a batch. */
  readonly reasons: string[] = [];
  private readonly underWay: Promise<void>[] = [];
  private readonly lost: { logs: number; why: string }[] = [];

  constructor(private readonly delivery: Delivery, private readonly bucket: UndeliveredBucket) {}

  /** Starts with a batch. */
  add(batch: Batch): void {
    this.underWay.push(this.handOver(batch).catch((error: Error) => { this.lost.push({ logs: batch.count, why: error.message }); }));
  }

  /** Waits until every batch is somewhere, or lost; never rejects. */
  async empty(): Promise<void> {
    await Promise.all(this.underWay);
  }

  /** Throws when a batch is neither here nor there. The message quotes no log. */
  throwIfLost(): void {
    if (this.lost.length > 0) {
      const logs = this.lost.reduce((sum, { logs: count }) => sum + count, 0);
      const why = [...new Set(this.lost.map((lost) => lost.why))].join('; ');
      throw new Error(`${logs} logs were neither delivered nor stored: ${why}`);
    }
  }

  private async handOver(batch: Batch): Promise<void> {
    const halving = new Halving();
    const undelivered = await this.delivery.deliver(batch, halving);
    await Promise.all(undelivered.map(async (part) => {
      const { batch: { count }, reason } = part;
      this.reasons.push(reason);
      try {
        await this.bucket.store(part.batch, { refusal: halving.isBadLog(part) ? reason : undefined });
        this.stored += count;
      } catch (error) {
        this.lost.push({ logs: count, why: `${reason}, then ${(error as Error).message}` });
      }
    }));
  }
}
