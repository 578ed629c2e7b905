// SPDX-License-Identifier: Apache-2.0
import { readFailureRecord } from './failure-record';
import { RefusedObjects } from './refused-objects';
import { readStoredBatch } from './stored-batch';
import { S3Bucket, S3Object } from '../../shared/aws/s3-bucket';
import { FAILURE_RECORD_PREFIX, hourOf, REASON } from '../bucket-layout';
import { gzipOf } from '../compression/compression';
import { Halving } from '../delivery/delivery';
import { Slots } from '../delivery/slots';
import { Invocation } from '../invocation';

/**
 * What an object tells the replay: to go on; to come back to it once the intake has accepted something, before which nobody knows whether the
 * intake refuses these logs or all; or to stop, since the intake takes nothing at the moment.
 */
export type Outcome = 'go on' | 'postpone' | 'stop';

/** An object that the bucket does not give away, for instance since it was archived. Nothing has happened to it. */
export class UnreadableObject extends Error {}

/** Brings one object to the intake. It is deleted when each of its logs is somewhere else, and not before. */
export class ObjectReplay {
  /** A record is decoded and encoded again, which takes memory: one after the other. */
  private readonly oneRecord = new Slots(1);

  constructor(private readonly bucket: S3Bucket, private readonly refused: RefusedObjects, private readonly leftMs: () => number) {}

  /** @param intakeAccepts whether the intake is known to accept logs, so that those which it refuses are bad themselves */
  async replay(key: string, invocation: Invocation, intakeAccepts: boolean): Promise<Outcome> {
    const object = await this.bucket.get(key, this.leftMs).catch((error: Error) => { throw new UnreadableObject(error.message); });
    if (!object) {
      // It has expired, or somebody took it away.
      return 'go on';
    }
    return key.startsWith(FAILURE_RECORD_PREFIX)
      ? this.oneRecord.use(async () => this.replayRecord(key, object, invocation, intakeAccepts))
      : this.replayBatch(key, object, invocation, intakeAccepts);
  }

  private async replayBatch(key: string, object: S3Object, invocation: Invocation, intakeAccepts: boolean): Promise<Outcome> {
    const batch = readStoredBatch(object.body);
    if (!batch) {
      await this.refused.add(key, object.body, 'not gzip of a JSON array of logs');
      await this.bucket.delete(key, object.etag, this.leftMs);
      return 'go on';
    }
    const halving = new Halving(intakeAccepts || object.metadata[REASON] !== undefined);
    const undelivered = await invocation.delivery.deliver(batch, halving);
    const bad = undelivered.filter((part) => halving.isBadLog(part));
    const waiting = undelivered.filter((part) => !halving.isBadLog(part));
    invocation.reasons.push(...undelivered.map(({ reason }) => reason));
    const outcome = waiting.every(({ isRefused }) => isRefused) ? 'go on' : 'stop';
    if (waiting.reduce((logs, part) => logs + part.batch.count, 0) === batch.count) {
      return outcome === 'go on' ? 'postpone' : 'stop';
    }
    for (const [index, { batch: log, reason }] of bad.entries()) {
      await this.refused.addLog(key, index, gzipOf(log), reason);
    }
    for (const part of waiting) {
      await invocation.bucket.store(part.batch, { hour: hourOf(key) });
    }
    await this.bucket.delete(key, object.etag, this.leftMs);
    return outcome;
  }

  /** What the intake does not take of the event becomes batches that wait, as it would have been when the event came. */
  private async replayRecord(key: string, object: S3Object, invocation: Invocation, intakeAccepts: boolean): Promise<Outcome> {
    const storedBefore = invocation.stored;
    let unreadable: string | undefined;
    for (const decode of readFailureRecord(object.body)) {
      const logs = readable(decode);
      if (logs instanceof Error) {
        unreadable = logs.message;
      } else if (logs) {
        const end = await invocation.start(logs);
        await end();
      }
    }
    if (unreadable !== undefined) {
      await this.refused.add(key, object.body, unreadable);
    }
    await this.bucket.delete(key, object.etag, this.leftMs);
    return invocation.stored > storedBefore && !intakeAccepts ? 'stop' : 'go on';
  }
}

function readable<T>(decode: () => T): T | Error {
  try {
    return decode();
  } catch (error) {
    return error as Error;
  }
}
