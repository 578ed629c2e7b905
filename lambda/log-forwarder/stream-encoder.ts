// SPDX-License-Identifier: Apache-2.0
import { Batch } from './batch/batch';
import { BatchWriter, MAX_LOG_BYTES } from './batch/batch-writer';
import { entryHead, EntryTail, entryTail } from './batch/entry-frame';
import { Compression } from './compression/compression';
import { LogEvent, LogsOfOneStream } from './event/subscription-event';
import { FunctionIdentity } from './identity/function-identity';
import { IdentityMap } from './identity/identity-map';
import { identifyLog, identifyStream, StreamIdentity } from './identity/stream-identity';
import { TagLayer } from './identity/tags';
import { takeDdtags } from './message/ddtags-member';
import { isErrorLog } from './message/error-level';
import { truncate } from './message/truncation';
import { MessageRules } from './rules/message-rules';
import { Settings } from './settings';

/** A log of which the text to send, and the tags that it brings, may be known already. */
interface PreparedLog extends LogEvent {
  readonly own?: { readonly text: string; readonly tags?: TagLayer };
}

/** Turns the logs of one stream into batches. What the logs share is computed once; per log only its message is escaped. */
export class StreamEncoder {
  /** Error logs. */
  errors = 0;
  truncated = 0;
  /** Logs that the user's filters keep back. */
  filtered = 0;
  /** Logs whose text a scrubbing rule could not deal with. */
  scrubbingFailures = 0;
  private readonly stream: StreamIdentity;
  private readonly commonTail: EntryTail;
  /** A tracer puts the same tags into every message. */
  private readonly tailsByTags = new Map<string, EntryTail>();

  constructor(
    private readonly logs: LogsOfOneStream,
    identities: IdentityMap,
    settings: Settings,
    private readonly self: FunctionIdentity,
    private readonly rules?: MessageRules,
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

  /** `rulesLimitMs` is what filtering and scrubbing may take. */
  * encode(events: readonly LogEvent[], compression: Compression, rulesLimitMs: number): Generator<Batch> {
    const writer = new BatchWriter(compression);
    const { rules } = this;
    try {
      for (const log of rules ? this.ruled(events, rules, rulesLimitMs) : events) {
        const full = this.write(log, writer);
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

  /** The logs that are to be sent, as they are to be sent. */
  private ruled(events: readonly LogEvent[], rules: MessageRules, limitMs: number): PreparedLog[] {
    const owns = events.map(({ message }) => unlessItFails(() => takeDdtags(message)));
    const { texts, failures } = rules.apply(events.map(({ message }, index) => ({ message, text: owns[index]?.text ?? message })), limitMs);
    this.scrubbingFailures += failures;
    return events.flatMap((event, index) => {
      const text = texts[index];
      if (text === undefined) {
        this.filtered++;
        return [];
      }
      // Extracted fields are parts of the message.
      return [{ ...event, extractedFields: rules.scrubs ? undefined : event.extractedFields, own: { text, tags: owns[index]?.tags } }];
    });
  }

  private write(log: PreparedLog, writer: BatchWriter): Batch | undefined {
    const own = log.own ?? unlessItFails(() => takeDdtags(log.message));
    const tail = own?.tags ? this.tailWith(own.tags) : this.commonTail;
    if (unlessItFails(() => isErrorLog(log.message))) {
      this.errors++;
    }
    return writer.add(this.text(log, own?.text ?? log.message, tail), tail.bytes);
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

  private tailWith(tags: TagLayer): EntryTail {
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
