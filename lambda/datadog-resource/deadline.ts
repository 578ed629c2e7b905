// SPDX-License-Identifier: Apache-2.0

/** What answering may need: the answer is tried several times. */
const RESERVE_FOR_ANSWERING_MS = 10_000;
/** Left for the log line and the return. */
const RESERVE_FOR_RETURNING_MS = 200;

/** The time of one invocation: first for the work, then for telling CloudFormation how it went. */
export class Deadline {
  private readonly workUntil: number;
  private readonly answerUntil: number;
  private readonly reserve: number;

  constructor(remainingMs: number, private readonly now: () => number = () => performance.now()) {
    this.reserve = Math.min(RESERVE_FOR_ANSWERING_MS, remainingMs / 3);
    this.workUntil = now() + remainingMs - this.reserve;
    this.answerUntil = now() + remainingMs - Math.min(RESERVE_FOR_RETURNING_MS, remainingMs / 10);
  }

  /** Milliseconds in which Datadog may still be asked. */
  leftForWork(): number {
    return Math.max(0, this.workUntil - this.now());
  }

  /** Milliseconds in which CloudFormation may still be told. */
  leftForAnswering(): number {
    return Math.max(0, this.answerUntil - this.now());
  }

  /** Milliseconds until work that still is not over never will be in time. */
  leftForWatching(): number {
    return Math.max(0, this.workUntil + this.reserve / 4 - this.now());
  }
}
