// SPDX-License-Identifier: Apache-2.0
import type { CloudWatchLogsEvent, Context } from 'aws-lambda';
import { Deadline } from './delivery/deadline';
import { Delivery } from './delivery/delivery';
import { Intake } from './delivery/intake';
import { Slots } from './delivery/slots';
import { UndeliveredBucket } from './delivery/undelivered-bucket';
import { decodeSubscriptionEvent, LogsOfOneStream } from './event/subscription-event';
import { functionIdentity } from './identity/function-identity';
import { IdentityMap, readIdentityMap } from './identity/identity-map';
import { errorLogMetrics, invocationMetrics } from './metric-lines';
import { Outbox } from './outbox';
import { Settings } from './settings';
import { StreamEncoder } from './stream-encoder';
import { AwsClient } from '../shared/aws/aws-client';
import { DatadogKey } from '../shared/datadog-key';
import { HttpClient } from '../shared/transport/http-client';

/** Requests under way at once. The intake's latency is then paid once, not per batch. */
const CONNECTIONS = 8;

export interface LogForwarderOptions {
  readonly settings: Settings;
  /** Where `identities.json` may lie. */
  readonly codeDirectory: string;
  /** Takes the metric lines, the only thing that is ever printed. */
  readonly print?: (line: string) => void;
}

/**
 * Makes the handler. Every log of an event ends up in the intake, or in the bucket; else the invocation fails, so that Lambda repeats it and
 * at last keeps the event in its on-failure destination. Then some logs may arrive twice, but none is lost.
 */
export function logForwarder(options: LogForwarderOptions): (event: CloudWatchLogsEvent, context: Context) => Promise<void> {
  const { settings, print = (line) => process.stdout.write(line) } = options;
  const http = new HttpClient(settings.proxy, CONNECTIONS);
  const aws = new AwsClient(http);
  const apiKey = new DatadogKey(settings.key, aws);
  const slots = new Slots(CONNECTIONS);
  let identities: IdentityMap | undefined;

  return async (event, context) => {
    const deadline = new Deadline(context.getRemainingTimeInMillis());
    const logs = decodeSubscriptionEvent(event);
    if (!logs) {
      return;
    }
    const key = apiKey.forInvocation(() => deadline.leftForSending());
    const intake = new Intake({ url: settings.intakeUrl, version: settings.version, http, slots }, key, deadline);
    const bucket = new UndeliveredBucket(
      aws, settings.bucket, settings.bucketPrefix, context.awsRequestId, deadline, new Slots(CONNECTIONS),
    );
    const delivery = new Delivery(intake, settings.compressionLevel);
    const outbox = new Outbox(delivery, bucket);
    let encoder: StreamEncoder | undefined;
    try {
      identities ??= readIdentityMap(options.codeDirectory);
      encoder = new StreamEncoder(logs, identities, settings, functionIdentity(context));
      await sendAll(logs, encoder, outbox);
    } finally {
      print(invocationMetrics(context.functionName, {
        ReceivedLogs: logs.logEvents.length,
        ForwardedLogs: intake.accepted,
        UndeliveredLogs: outbox.stored,
        FailedLogs: logs.logEvents.length - intake.accepted - outbox.stored,
        RetriedRequests: intake.repeated,
        TruncatedLogs: (encoder?.truncated ?? 0) + delivery.truncated,
      }, outbox.reasons));
    }
    outbox.throwIfLost();
    // Counted once: a failed invocation comes again with the same logs.
    if (encoder.errors > 0) {
      print(errorLogMetrics(context.functionName, encoder.service, encoder.taskFamily, encoder.errors));
    }
  };
}

async function sendAll(logs: LogsOfOneStream, encoder: StreamEncoder, outbox: Outbox): Promise<void> {
  try {
    for (const batch of encoder.encode(logs.logEvents)) {
      outbox.add(batch);
      // Sending begins while the next batch is being written.
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    await outbox.empty();
  }
}
