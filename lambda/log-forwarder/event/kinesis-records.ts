// SPDX-License-Identifier: Apache-2.0
import type { Context, KinesisStreamBatchResponse, KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import { decodeSubscriptionData, LogsOfOneStream } from './subscription-event';
import { ExecutionEnvironment } from '../environment';
import { Invocation } from '../invocation';

export function isKinesisEvent(event: object): event is KinesisStreamEvent {
  const [first] = (event as Partial<KinesisStreamEvent> | null)?.Records ?? [];
  return first?.eventSource === 'aws:kinesis';
}

/**
 * Forwards a batch of a Kinesis data stream, each record of which is what a subscription delivers. The answer names the first record that failed:
 * Lambda takes up the stream there again, so what lies behind a record that cannot be read is left alone, and does not arrive twice.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
 */
export async function forwardKinesisRecords(
  records: readonly KinesisStreamRecord[], environment: ExecutionEnvironment, context: Context,
): Promise<KinesisStreamBatchResponse> {
  const { readable, failures } = decode(records);
  const invocation = new Invocation(environment, context);
  try {
    const ends: (() => Promise<void>)[] = [];
    for (const { logs } of readable) {
      // One after the other: each needs a buffer of its own while its batches are written. Sending goes on meanwhile.
      ends.push(await invocation.start(logs));
    }
    const outcomes = await Promise.allSettled(ends.map(async (end) => end()));
    const lost = outcomes.flatMap((outcome, index) =>
      outcome.status === 'rejected' ? [{ record: readable[index].record, error: outcome.reason as Error }] : []);
    failures.unshift(...lost);
  } finally {
    invocation.printCounts();
  }
  failures.forEach(({ record, error }) => environment.print(failureLine(record, error)));
  return { batchItemFailures: failures.slice(0, 1).map(({ record }) => ({ itemIdentifier: record.kinesis.sequenceNumber })) };
}

interface Failure {
  readonly record: KinesisStreamRecord;
  readonly error: Error;
}

/** The records up to the first one that cannot be read, without control messages. */
function decode(records: readonly KinesisStreamRecord[]) {
  const readable: { readonly record: KinesisStreamRecord; readonly logs: LogsOfOneStream }[] = [];
  const failures: Failure[] = [];
  for (const record of records) {
    try {
      const logs = decodeSubscriptionData(record.kinesis.data);
      if (logs) {
        readable.push({ record, logs });
      }
    } catch (error) {
      failures.push({ record, error: error as Error });
      break;
    }
  }
  return { readable, failures };
}

/** In the form of Lambda's own lines for failed invocations; none of these errors quotes a log. */
function failureLine(record: KinesisStreamRecord, error: Error): string {
  return `${JSON.stringify({ level: 'ERROR', message: `Kinesis record ${record.kinesis.sequenceNumber}: ${error.message}` })}\n`;
}
