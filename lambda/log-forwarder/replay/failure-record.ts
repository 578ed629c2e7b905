// SPDX-License-Identifier: Apache-2.0
import type { CloudWatchLogsEvent } from 'aws-lambda';
import { isReplayEvent } from './replay-event';
import { isKinesisEvent } from '../event/kinesis-records';
import { decodeSubscriptionData, decodeSubscriptionEvent, LogsOfOneStream } from '../event/subscription-event';

/** Gives the logs of one stream, or `undefined` for a control message; throws when they cannot be read, without quoting them. */
export type Decode = () => LogsOfOneStream | undefined;

/**
 * What Lambda wrote of an event on which the function failed: an asynchronous one is the record's `requestPayload`, a batch of a data stream is
 * text in its `payload`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
 */
export function readFailureRecord(body: Buffer): readonly Decode[] {
  const event = eventOf(body);
  if (isReplayEvent(event)) {
    // The next one is scheduled already.
    return [];
  }
  return typeof event === 'object' && event !== null && isKinesisEvent(event)
    ? event.Records.map(({ kinesis }) => () => decodeSubscriptionData(kinesis.data))
    : [() => decodeSubscriptionEvent(event as CloudWatchLogsEvent)];
}

/** `undefined` when the record is no JSON, or holds no event. */
function eventOf(body: Buffer): unknown {
  try {
    const { requestPayload, payload } = JSON.parse(body.toString('utf8'));
    return typeof payload === 'string' ? JSON.parse(payload) : requestPayload ?? payload;
  } catch {
    return undefined;
  }
}
