// SPDX-License-Identifier: Apache-2.0
import { Intake } from './intake';
import { Batch, splitBatch } from '../batch/batch';
import { shortenLog } from '../batch/shorten-log';
import { Compression } from '../compression/compression';

/**
 * Single logs of one batch that were refused, after which, if nothing of it was accepted, the intake is taken to refuse everything: with a
 * wrong address, halving would make two requests and one stored object of each log.
 */
const MAX_FRUITLESS_REFUSALS = 30;

/** A batch that the intake did not take, and why. */
export interface Undelivered {
  readonly batch: Batch;
  readonly reason: string;
  /** For what it is: with the same answer next time, as long as the intake is the same. */
  readonly isRefused: boolean;
}

/** How the parts of one batch have fared. */
export class Halving {
  /** Single logs. */
  refused = 0;

  /** @param accepted whether the intake is known to take logs: then each one that it refuses is a bad one */
  constructor(public accepted = false) {}

  /** A log that is alone, and at fault itself: the intake takes others. */
  isBadLog({ batch, isRefused }: Undelivered): boolean {
    return isRefused && batch.count === 1 && this.accepted;
  }
}

/** Brings as much of a batch to the intake as the intake takes: one bad log does not keep its neighbours away. */
export class Delivery {
  /** Accepted logs that had to be cut for it. */
  truncated = 0;

  constructor(private readonly intake: Intake, private readonly compression: Compression) {}

  /** Returns what was not accepted. A refused batch is halved: that is at most two requests for each log, within the time for sending. */
  async deliver(batch: Batch, halving = new Halving()): Promise<Undelivered[]> {
    const refusal = await this.intake.send(batch);
    if (!refusal) {
      halving.accepted = true;
      return [];
    }
    const isRefused = refusal.status === 400 || refusal.status === 413;
    const undelivered = [{ batch, reason: refusal.reason, isRefused }];
    if (!isRefused) {
      return undelivered;
    }
    if (batch.count === 1) {
      const isDelivered = refusal.status === 413 && await this.deliverShortened(batch);
      halving.refused += isDelivered ? 0 : 1;
      halving.accepted ||= isDelivered;
      return isDelivered ? [] : undelivered;
    }
    if (halving.refused >= MAX_FRUITLESS_REFUSALS && !halving.accepted) {
      return undelivered;
    }
    this.intake.repeated++;
    const halves = splitBatch(batch, this.compression);
    const first = this.deliver(halves[0], halving);
    if (!halving.accepted) {
      // One after the other, so that an intake that refuses everything is recognized after few requests.
      await first;
    }
    return (await Promise.all([first, this.deliver(halves[1], halving)])).flat();
  }

  /** Cuts a log until it is accepted. What is refused at any length is stored at full length. */
  private async deliverShortened(batch: Batch): Promise<boolean> {
    const shorter = shortenLog(batch, this.compression);
    if (!shorter) {
      return false;
    }
    this.intake.repeated++;
    const isDelivered = (await this.deliver(shorter.batch)).length === 0;
    this.truncated += isDelivered && shorter.wasWhole ? 1 : 0;
    return isDelivered;
  }
}
