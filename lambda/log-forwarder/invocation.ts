// SPDX-License-Identifier: Apache-2.0
import type { Context } from 'aws-lambda';
import { Deadline } from './delivery/deadline';
import { Delivery } from './delivery/delivery';
import { Intake } from './delivery/intake';
import { Slots } from './delivery/slots';
import { UndeliveredBucket } from './delivery/undelivered-bucket';
import { CONNECTIONS, ExecutionEnvironment } from './environment';
import { LogsOfOneStream } from './event/subscription-event';
import { functionIdentity } from './identity/function-identity';
import { errorLogMetrics, invocationMetrics } from './metric-lines';
import { Outbox } from './outbox';
import { StreamEncoder } from './stream-encoder';

/** One invocation: its time, its way to the intake, its way to the bucket, and its counts. */
export class Invocation {
  readonly deadline: Deadline;
  readonly intake: Intake;
  readonly bucket: UndeliveredBucket;
  readonly delivery: Delivery;
  /** Logs that the intake did not take, and that are in the bucket now. */
  stored = 0;
  /** Why logs were not delivered. */
  readonly reasons: string[] = [];
  private received = 0;
  private truncated = 0;
  private filtered = 0;
  private scrubbingFailures = 0;

  /** Begins to read the API key, beside whatever else there is to do. */
  constructor(private readonly environment: ExecutionEnvironment, private readonly context: Context) {
    const { settings, http, compression, bucket, apiKey, slots } = environment;
    const deadline = new Deadline(context.getRemainingTimeInMillis());
    const key = apiKey.forInvocation(() => deadline.leftForSending());
    this.deadline = deadline;
    this.intake = new Intake({ url: settings.intakeUrl, version: settings.version, http, compression, slots }, key, deadline);
    this.bucket = new UndeliveredBucket(bucket, context.awsRequestId, deadline, new Slots(CONNECTIONS));
    this.delivery = new Delivery(this.intake, compression);
  }

  /**
   * Begins to bring the logs of one stream to the intake or, failing that, into the bucket; never rejects. The function that it gives ends when
   * they are there, and throws when some are neither here nor there.
   */
  async start(logs: LogsOfOneStream): Promise<() => Promise<void>> {
    const { environment, context } = this;
    this.received += logs.logEvents.length;
    const outbox = new Outbox(this.delivery, this.bucket);
    let encoder: StreamEncoder | undefined;
    let failure: unknown;
    try {
      encoder = new StreamEncoder(logs, environment.identities, environment.settings, functionIdentity(context), environment.rules);
      for (const batch of encoder.encode(logs.logEvents, environment.compression, this.deadline.leftForSending() / 4)) {
        outbox.add(batch);
        // Sending begins while the next batch is being written.
        await new Promise((resolve) => setImmediate(resolve));
      }
    } catch (error) {
      failure = error;
    }
    return async () => {
      await outbox.empty();
      this.stored += outbox.stored;
      this.truncated += encoder?.truncated ?? 0;
      this.filtered += encoder?.filtered ?? 0;
      this.scrubbingFailures += encoder?.scrubbingFailures ?? 0;
      this.reasons.push(...outbox.reasons);
      if (!encoder || failure) {
        throw failure;
      }
      outbox.throwIfLost();
      // Counted once: logs that are lost here come again with their event.
      if (encoder.errors > 0) {
        environment.print(errorLogMetrics(context.functionName, encoder.service, encoder.taskFamily, encoder.errors));
      }
    };
  }

  /** Says what became of all logs. */
  printCounts(): void {
    const { intake, delivery, received, filtered, scrubbingFailures, stored } = this;
    this.environment.print(invocationMetrics(this.context.functionName, {
      ReceivedLogs: received,
      FilteredLogs: filtered,
      ForwardedLogs: intake.accepted,
      ForwardedBytes: intake.acceptedBytes,
      UndeliveredLogs: stored,
      FailedLogs: received - filtered - intake.accepted - stored,
      RetriedRequests: intake.repeated,
      TruncatedLogs: this.truncated + delivery.truncated,
      ScrubbingFailures: scrubbingFailures,
    }, this.reasons));
  }
}
