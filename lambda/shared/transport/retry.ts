// SPDX-License-Identifier: Apache-2.0
import type { IncomingHttpHeaders } from 'node:http';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;
const LONGEST_ATTEMPT_MS = 30_000;
const SHORTEST_ATTEMPT_MS = 2000;

/** Whether the same request may succeed later. */
export function isWorthRepeating(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/** The pause before the next attempt: exponential, with jitter, so that many functions do not come back at the same moment. */
export function backoffMs(failedAttempts: number, random: () => number = Math.random): number {
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failedAttempts - 1));
  return pause * (0.5 + random() / 2);
}

/**
 * How long to wait for an answer. A slow intake is no failed one, so an attempt gets half of what is left; but one that never answers
 * must leave time for another attempt.
 */
export function attemptLimitMs(leftMs: number): number {
  return Math.min(leftMs, LONGEST_ATTEMPT_MS, Math.max(SHORTEST_ATTEMPT_MS, leftMs / 2));
}

/** What the server asks for: `Retry-After` in seconds or as a date, else Datadog's seconds until its rate limit starts anew. */
export function requestedPauseMs(status: number, headers: IncomingHttpHeaders, now: number = Date.now()): number {
  const after = headers['retry-after']?.trim();
  if (after) {
    const ms = /^\d+(?:\.\d+)?$/.test(after) ? Number(after) * 1000 : Date.parse(after) - now;
    return Number.isNaN(ms) ? 0 : Math.max(0, ms);
  }
  const reset = status === 429 ? Number(headers['x-ratelimit-reset']) : 0;
  return Number.isFinite(reset) ? Math.max(0, reset * 1000) : 0;
}
