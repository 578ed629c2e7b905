// SPDX-License-Identifier: Apache-2.0
import type { Context } from 'aws-lambda';
import { Lease } from './lease';
import { ReplayRun } from './replay-run';
import { WaitingObjects } from './waiting-objects';
import { Deadline } from '../delivery/deadline';
import { ExecutionEnvironment } from '../environment';
import { replayMetrics } from '../metric-lines';

/** By how much the clocks of two functions may differ. */
const CLOCK_MARGIN_MS = 60_000;

/**
 * Brings what waits in the bucket to the intake, as much as there is time for; the next replay goes on with the rest. Does nothing while another
 * one is under way, so it may be invoked at any time, and repeated when it fails.
 *
 * The intake is made for logs of the last 18 hours. What has waited longer is sent all the same: a log with another timestamp is better than none.
 */
export async function replay(environment: ExecutionEnvironment, context: Context): Promise<void> {
  const { bucket, print } = environment;
  if (!bucket) {
    throw new Error('There is nothing to replay: no bucket is set (DD_S3_BUCKET_NAME)');
  }
  const remainingMs = context.getRemainingTimeInMillis();
  const deadline = new Deadline(remainingMs);
  const leftMs = () => deadline.leftForStoring();
  const lease = await Lease.acquire(bucket, Date.now() + remainingMs + CLOCK_MARGIN_MS, leftMs);
  if (!lease) {
    return;
  }
  const objects = new WaitingObjects(bucket, leftMs);
  const run = new ReplayRun({ environment, context, bucket, objects, deadline });
  const failures: unknown[] = [];
  const noteFailure = (error: unknown) => { failures.push(error); };
  await run.toEnd().catch(noteFailure);
  // Told in any case: what was done, and what still waits, which alarms look at.
  const waiting = await objects.count().catch(noteFailure);
  print(replayMetrics(context.functionName, {
    ...run.counts, UndeliveredObjects: waiting?.objects, OldestUndeliveredAge: waiting?.oldestAgeSeconds,
  }, run.reasons));
  await lease.release(leftMs);
  if (failures.length > 0) {
    throw failures[0];
  }
}
