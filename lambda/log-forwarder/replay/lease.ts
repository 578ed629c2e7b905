// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { S3Bucket } from '../../shared/aws/s3-bucket';
import { LEASE_KEY } from '../bucket-layout';

/**
 * The right to replay, held by one invocation at a time: an object that can only be made where there is none, or in place of one that has
 * expired. It expires when Lambda has ended its holder for certain, so it needs no renewal, and one whose holder died is in nobody's way for long.
 */
export class Lease {
  /** `undefined` while another replay is under way. `expiry` is a time in milliseconds since 1970. */
  static async acquire(bucket: S3Bucket, expiry: number, leftMs: () => number): Promise<Lease | undefined> {
    const own = Buffer.from(JSON.stringify({ holder: randomUUID(), expires: new Date(expiry).toISOString() }));
    let current: { readonly body: Buffer; readonly etag: string } | undefined;
    for (;;) {
      const condition = current ? { etag: current.etag } : { absent: true as const };
      const etag = await bucket.put(LEASE_KEY, own, { contentType: 'application/json', condition }, leftMs);
      if (etag !== undefined) {
        return new Lease(bucket, etag);
      }
      current = await bucket.get(LEASE_KEY, leftMs);
      if (current?.body.equals(own)) {
        // It was written, but the answer was lost, and the repeated request found it.
        return new Lease(bucket, current.etag);
      }
      if (current && isInForce(current.body)) {
        return undefined;
      }
    }
  }

  private constructor(private readonly bucket: S3Bucket, private readonly etag: string) {}

  /** Lets the next replay begin at once. Whoever cannot say so need not: the lease expires. */
  async release(leftMs: () => number): Promise<void> {
    await this.bucket.delete(LEASE_KEY, this.etag, leftMs).catch(() => undefined);
  }
}

/** What is no lease of ours is in nobody's way. */
function isInForce(lease: Buffer): boolean {
  try {
    return Date.parse(JSON.parse(lease.toString('utf8')).expires) > Date.now();
  } catch {
    return false;
  }
}
