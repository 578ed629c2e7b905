// SPDX-License-Identifier: Apache-2.0
import { ListedObject } from '../../shared/aws/object-page';
import { S3Bucket } from '../../shared/aws/s3-bucket';
import { FAILURE_RECORD_PREFIX, hourOf, UNDELIVERED_PREFIX } from '../bucket-layout';

/** Pages that are counted at the end, of each kind: 10,000 objects. */
const MAX_COUNTED_PAGES = 10;

export interface WaitingObject {
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** How much waits, and since when. */
export interface Waiting {
  readonly objects: number;
  readonly oldestAgeSeconds: number;
}

/** What waits in the bucket: batches of ours, and Lambda's records of events on which the function failed. */
export class WaitingObjects {
  constructor(private readonly bucket: S3Bucket, private readonly leftMs: () => number) {}

  /**
   * The oldest first, as far as is known from one page of each kind, which is all that is in memory. Batches sort by the hour in their names; the
   * records of one function, or of one shard, by their time.
   */
  async * oldestFirst(): AsyncGenerator<WaitingObject> {
    const kinds = [UNDELIVERED_PREFIX, FAILURE_RECORD_PREFIX].map((prefix) => ({ pages: this.pages(prefix), waiting: [] as WaitingObject[] }));
    for (;;) {
      for (const kind of kinds) {
        let page: IteratorResult<WaitingObject[], void>;
        while (kind.waiting.length === 0 && !(page = await kind.pages.next()).done) {
          kind.waiting = page.value;
        }
      }
      const [oldest] = kinds.filter(({ waiting }) => waiting.length > 0).sort((one, other) => one.waiting[0].since - other.waiting[0].since);
      if (!oldest) {
        return;
      }
      yield oldest.waiting.shift()!;
    }
  }

  /** Counts what there is now, up to some thousands. */
  async count(): Promise<Waiting> {
    let objects = 0;
    let oldest = Infinity;
    for (const prefix of [UNDELIVERED_PREFIX, FAILURE_RECORD_PREFIX]) {
      let pages = 0;
      for await (const page of this.pages(prefix)) {
        objects += page.length;
        oldest = Math.min(oldest, page[0]?.since ?? Infinity);
        if (++pages === MAX_COUNTED_PAGES) {
          break;
        }
      }
    }
    return { objects, oldestAgeSeconds: objects === 0 ? 0 : Math.max(0, Math.round((Date.now() - oldest) / 1000)) };
  }

  /** Each page by age. */
  private async * pages(prefix: string): AsyncGenerator<WaitingObject[], void> {
    let continuation: string | undefined;
    do {
      const page = await this.bucket.list(prefix, continuation, this.leftMs);
      yield page.objects.filter(({ key }) => !key.endsWith('/')).map(waitingObject).sort((one, other) => one.since - other.since);
      continuation = page.continuation;
    } while (continuation !== undefined);
  }
}

/** A part of a batch was written anew, but has the hour of the whole in its name. */
function waitingObject({ key, lastModified }: ListedObject): WaitingObject {
  const hour = hourOf(key);
  return { key, since: hour === undefined ? lastModified : Math.min(lastModified, endOf(hour)) };
}

function endOf(hour: string): number {
  const [year, month, day, hours] = hour.split('/').map(Number);
  return Date.UTC(year, month - 1, day, hours + 1);
}
