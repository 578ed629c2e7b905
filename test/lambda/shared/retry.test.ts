// SPDX-License-Identifier: Apache-2.0
import { attemptLimitMs, backoffMs, requestedPauseMs } from '../../../lambda/shared/transport/retry';

test('pauses double, with jitter, up to a limit', () => {
  expect([1, 2, 3, 9].map((attempt) => backoffMs(attempt, () => 1))).toEqual([200, 400, 800, 10_000]);
  expect([1, 2, 3, 9].map((attempt) => backoffMs(attempt, () => 0))).toEqual([100, 200, 400, 5000]);
});

test.each([
  [503, { 'retry-after': '2' }, 2000],
  [429, { 'retry-after': ' 0.5 ' }, 500],
  [429, { 'retry-after': 'Wed, 25 Nov 2026 00:00:10 GMT' }, 10_000],
  [429, { 'retry-after': 'Wed, 25 Nov 2020 00:00:10 GMT' }, 0],
  [429, { 'retry-after': 'soon' }, 0],
  [429, { 'x-ratelimit-reset': '7' }, 7000],
  // Some servers tell it with every answer.
  [503, { 'x-ratelimit-reset': '7' }, 0],
  [429, { 'retry-after': '1', 'x-ratelimit-reset': '7' }, 1000],
  [429, { 'x-ratelimit-reset': 'x' }, 0],
  [429, {}, 0],
])('%d with %j asks for %d ms', (status, headers, expected) => {
  expect(requestedPauseMs(status, headers, Date.parse('2026-11-25T00:00:00Z'))).toBe(expected);
});

test.each([
  [110_000, 30_000],
  [20_000, 10_000],
  [3000, 2000],
  [700, 700],
])('with %d ms left an attempt waits for %d ms', (left, expected) => {
  expect(attemptLimitMs(left)).toBe(expected);
});
