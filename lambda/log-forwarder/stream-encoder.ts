// SPDX-License-Identifier: Apache-2.0
import { Batch } from './batch/batch';
import { BatchWriter, MAX_LOG_BYTES } from './batch/batch-writer';
import { entryHead, EntryTail, entryTail } from './batch/entry-frame';
import { LogEvent, LogsOfOneStream } from './event/subscription-event';
import { FunctionIdentity } from './identity/function-identity';
import { IdentityMap } from './identity/identity-map';
import { identifyLog, identifyStream, StreamIdentity } from './identity/stream-identity';
import { TagLayer } from './identity/tags';
import { MessageWithoutTags, takeDdtags } from './message/ddtags-member';
import { isErrorLog } from './message/error-level';
import { truncate } from './message/truncation';
import { Settings } from './settings';

/** Turns the logs of one stream into batches. What the logs share is computed once; per log only its message is escaped. */
export class StreamEncoder {
  /** Error logs. */
  errors = 0;
  truncated = 0;
  private readonly stream: StreamIdentity;
  private readonly commonTail: EntryTail;
  /** A tracer puts the same tags into every message. */
  private readonly tailsByTags = new Map<string, EntryTail>();

  constructor(
    private readonly logs: LogsOfOneStream,
    identities: IdentityMap,
    private readonly settings: Settings,
    private readonly self: FunctionIdentity,
  ) {
    const { globalTags: tags, globalSource: source, clusterName, version } = settings;
    this.stream = identifyStream(logs, identities, { tags, source, clusterName, version }, self);
    this.commonTail = this.tail();
  }

  /** Of the stream; single logs may say that they are another's. */
  get service(): string {
    return this.commonTail.service;
  }

  get taskFamily(): string | undefined {
    return this.stream.taskFamily;
  }

  * encode(events: readonly LogEvent[]): Generator<Batch> {
    const writer = new BatchWriter(this.settings.compressionLevel);
    try {
      for (const event of events) {
        const full = this.write(event, writer);
        if (full) {
          yield full;
        }
      }
      const last = writer.finish();
      if (last) {
        yield last;
      }
    } finally {
      writer.release();
    }
  }

  private write(event: LogEvent, writer: BatchWriter): Batch | undefined {
    const own = unlessItFails(() => takeDdtags(event.message));
    const tail = own ? this.tailWith(own) : this.commonTail;
    if (unlessItFails(() => isErrorLog(event.message))) {
      this.errors++;
    }
    return writer.add(this.text(event, own?.text ?? event.message, tail), tail.bytes);
  }

  /** Everything before the tail, cut where the whole log would be too large for the intake. */
  private text(event: LogEvent, message: string, tail: EntryTail): string {
    const text = (unlessItFails(() => entryHead(event)) ?? entryHead(event, false)) + JSON.stringify(message);
    // A UTF-16 unit takes three bytes at most: no need to count the bytes of a log that is far from the limit.
    if (text.length * 3 + tail.bytes.length <= MAX_LOG_BYTES || Buffer.byteLength(text) + tail.bytes.length <= MAX_LOG_BYTES) {
      return text;
    }
    this.truncated++;
    // Extracted fields only repeat parts of the message; with both cut there would be neither.
    const head = entryHead(event, false);
    return head + JSON.stringify(truncate(message, MAX_LOG_BYTES - Buffer.byteLength(head) - tail.bytes.length));
  }

  private tailWith({ tags }: MessageWithoutTags): EntryTail {
    const known = JSON.stringify(tags);
    const tail = this.tailsByTags.get(known) ?? this.tail(tags);
    this.tailsByTags.set(known, tail);
    return tail;
  }

  private tail(tags?: TagLayer): EntryTail {
    return entryTail(this.logs, identifyLog(this.stream, tags), this.self);
  }
}

/** A message is anybody's text. Whatever goes wrong in looking for something in it, it is sent as it is, and its neighbours too. */
function unlessItFails<T>(interpret: () => T): T | undefined {
  try {
    return interpret();
  } catch {
    return undefined;
  }
}
