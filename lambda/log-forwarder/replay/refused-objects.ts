// SPDX-License-Identifier: Apache-2.0
import { S3Bucket } from '../../shared/aws/s3-bucket';
import { REASON, REFUSED_PREFIX, UNDELIVERED_PREFIX } from '../bucket-layout';

/** Where somebody may look at what no replay will ever deliver. */
export class RefusedObjects {
  /** Logs, and objects that could not be read. */
  count = 0;

  constructor(private readonly bucket: S3Bucket, private readonly leftMs: () => number) {}

  /** One of the bad logs of a batch. */
  async addLog(batchKey: string, index: number, body: Buffer, reason: string): Promise<void> {
    await this.add(batchKey.replace(/(\.json\.gz)?$/, `-${index}.json.gz`), body, reason);
  }

  /** A whole object, byte for byte. It is a copy: the object itself is deleted next. */
  async add(key: string, body: Buffer, reason: string): Promise<void> {
    const rest = key.startsWith(UNDELIVERED_PREFIX) ? key.slice(UNDELIVERED_PREFIX.length) : key;
    const contentType = key.endsWith('.gz') ? 'application/gzip' : 'application/json';
    await this.bucket.put(REFUSED_PREFIX + rest, body, { contentType, metadata: { [REASON]: reason } }, this.leftMs);
    this.count++;
  }
}
