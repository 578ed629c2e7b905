// SPDX-License-Identifier: Apache-2.0

/** What storing may need when sending has used up its time. */
const RESERVE_FOR_STORING_MS = 3000;
/** Left for the metric line and the return. */
const RESERVE_FOR_RETURNING_MS = 200;

/** The time of one invocation: first for sending, then for storing what could not be sent. */
export class Deadline {
  private readonly sendUntil: number;
  private readonly storeUntil: number;

  constructor(remainingMs: number, private readonly now: () => number = () => performance.now()) {
    // A function with a very short time-out still gets half of it for sending.
    this.sendUntil = now() + remainingMs - Math.min(RESERVE_FOR_STORING_MS, remainingMs / 2);
    this.storeUntil = now() + remainingMs - Math.min(RESERVE_FOR_RETURNING_MS, remainingMs / 10);
  }

  /** Milliseconds in which something may still be sent. */
  leftForSending(): number {
    return Math.max(0, this.sendUntil - this.now());
  }

  /** Milliseconds in which something may still be stored. */
  leftForStoring(): number {
    return Math.max(0, this.storeUntil - this.now());
  }
}
