// SPDX-License-Identifier: Apache-2.0
import type { CloudWatchLogsEvent, Context, KinesisStreamBatchResponse, KinesisStreamEvent } from 'aws-lambda';
import { ExecutionEnvironment, LogForwarderOptions } from './environment';
import { forwardKinesisRecords, isKinesisEvent } from './event/kinesis-records';
import { decodeSubscriptionEvent } from './event/subscription-event';
import { Invocation } from './invocation';
import { replay } from './replay/replay';
import { isReplayEvent, ReplayEvent } from './replay/replay-event';

/** What the function is invoked with. */
export type ForwarderEvent = CloudWatchLogsEvent | KinesisStreamEvent | ReplayEvent;

export type ForwarderHandler = (event: ForwarderEvent, context: Context) => Promise<KinesisStreamBatchResponse | void>;

/**
 * Makes the handler. Every log of an event ends up in the intake, or in the bucket; else the invocation fails, so that Lambda repeats it and
 * at last keeps the event in its on-failure destination. Then some logs may arrive twice, but none is lost.
 */
export function logForwarder(options: LogForwarderOptions): ForwarderHandler {
  const environment = new ExecutionEnvironment(options);
  return async (event, context) => {
    if (isReplayEvent(event)) {
      return replay(environment, context);
    }
    return isKinesisEvent(event)
      ? forwardKinesisRecords(event.Records, environment, context)
      : forwardSubscriptionEvent(event, environment, context);
  };
}

async function forwardSubscriptionEvent(event: CloudWatchLogsEvent, environment: ExecutionEnvironment, context: Context): Promise<void> {
  const logs = decodeSubscriptionEvent(event);
  if (!logs) {
    return;
  }
  const invocation = new Invocation(environment, context);
  try {
    const end = await invocation.start(logs);
    await end();
  } finally {
    invocation.printCounts();
  }
}
