// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';
import { ObjectReplay, UnreadableObject } from './object-replay';
import { RefusedObjects } from './refused-objects';
import { WaitingObject, WaitingObjects } from './waiting-objects';
import { S3Bucket } from '../../shared/aws/s3-bucket';
import { Deadline } from '../delivery/deadline';
import { CONNECTIONS, ExecutionEnvironment } from '../environment';
import { Invocation } from '../invocation';
import { ReplayCounts } from '../metric-lines';

/** While the intake takes nothing. An attempt may take half of it: a slow intake is no failed one. */
const LONGEST_PROBE_MS = 30_000;
/** What is begun with less would mostly end in a time-out, and then arrive twice. */
const SHORTEST_MS = 1000;
/** Kept in mind to be tried again; what else waits is there next time. */
const MAX_POSTPONED = 1000;
/** A few objects that cannot be read keep nothing else away; with more of them it is the bucket. */
const MAX_UNREADABLE = 10;

export interface ReplayRunOptions {
  readonly environment: ExecutionEnvironment;
  readonly context: Context;
  readonly bucket: S3Bucket;
  readonly objects: WaitingObjects;
  readonly deadline: Deadline;
}

/**
 * One replay: first one object after the other, for a short time, until the intake accepts something; then several at once. So a replay costs
 * little while the intake is down, and a wrong address, which refuses everything, moves nothing aside.
 */
export class ReplayRun {
  private readonly refused: RefusedObjects;
  private readonly objectReplay: ObjectReplay;
  private readonly invocations: Invocation[] = [];
  private readonly postponed: WaitingObject[] = [];
  private readonly failures: unknown[] = [];
  private isStopped = false;

  constructor(private readonly options: ReplayRunOptions) {
    const leftMs = () => options.deadline.leftForStoring();
    this.refused = new RefusedObjects(options.bucket, leftMs);
    this.objectReplay = new ObjectReplay(options.bucket, this.refused, leftMs);
  }

  get counts(): ReplayCounts {
    const sum = (count: (invocation: Invocation) => number) => this.invocations.reduce((total, invocation) => total + count(invocation), 0);
    return {
      ReplayedLogs: sum(({ intake }) => intake.accepted),
      RefusedLogs: this.refused.count,
      RetriedRequests: sum(({ intake }) => intake.repeated),
    };
  }

  get reasons(): string[] {
    return this.invocations.flatMap(({ reasons }) => reasons);
  }

  /** Rejects when the bucket fails, after what was under way has come to its end. */
  async toEnd(): Promise<void> {
    const objects = this.options.objects.oldestFirst();
    const probeMs = Math.min(LONGEST_PROBE_MS, Math.max(this.options.deadline.leftForSending() / 4, 2 * SHORTEST_MS));
    await this.take(objects, this.begin(probeMs), () => !this.intakeAccepts);
    if (this.intakeAccepts && !this.isStopped) {
      const invocation = this.begin();
      await this.takeInParallel(objects, invocation);
      await this.takeInParallel(this.postponed.values(), invocation);
    }
    if (this.failures.length > 0) {
      throw this.failures[0];
    }
  }

  private get intakeAccepts(): boolean {
    return this.counts.ReplayedLogs > 0;
  }

  /** With an id of its own, by which parts of batches get names that nothing else has. */
  private begin(sendingMs = Infinity): Invocation {
    const { environment, context, deadline } = this.options;
    const reserveMs = deadline.leftForStoring() - deadline.leftForSending();
    const remainingMs = Math.min(context.getRemainingTimeInMillis(), sendingMs + reserveMs);
    const invocation = new Invocation(environment, { ...context, awsRequestId: randomUUID(), getRemainingTimeInMillis: () => remainingMs });
    this.invocations.push(invocation);
    return invocation;
  }

  private async takeInParallel(objects: Objects, invocation: Invocation): Promise<void> {
    await Promise.all(Array.from({ length: CONNECTIONS }, async () => this.take(objects, invocation)));
  }

  /** Never rejects: others are at work. */
  private async take(objects: Objects, invocation: Invocation, isWanted = () => true): Promise<void> {
    while (!this.isStopped && isWanted() && invocation.deadline.leftForSending() > SHORTEST_MS) {
      try {
        const next = await objects.next();
        if (next.done) {
          return;
        }
        await this.replay(next.value, invocation);
      } catch (error) {
        this.failures.push(error);
        // What was delivered and cannot be deleted would arrive again, and so would the next.
        this.isStopped ||= !(error instanceof UnreadableObject) || this.failures.length === MAX_UNREADABLE;
      }
    }
  }

  private async replay(object: WaitingObject, invocation: Invocation): Promise<void> {
    const outcome = await this.objectReplay.replay(object.key, invocation, this.intakeAccepts);
    this.isStopped ||= outcome === 'stop';
    if (outcome === 'postpone' && this.postponed.length < MAX_POSTPONED) {
      this.postponed.push(object);
    }
  }
}

type Objects = Iterator<WaitingObject> | AsyncIterator<WaitingObject>;
