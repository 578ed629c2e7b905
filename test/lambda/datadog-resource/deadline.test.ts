// SPDX-License-Identifier: Apache-2.0
import { Deadline } from '../../../lambda/datadog-resource/deadline';

test.each([
  [300_000, 290_000, 292_500, 299_800],
  [6000, 4000, 4500, 5800],
  [600, 400, 450, 540],
])('of %d ms, %d are for Datadog, the watchdog barks after %d, and CloudFormation is told until %d', (remaining, work, watching, answering) => {
  const clock = { now: 1000 };
  const deadline = new Deadline(remaining, () => clock.now);
  expect([deadline.leftForWork(), deadline.leftForWatching(), deadline.leftForAnswering()]).toEqual([work, watching, answering]);
  clock.now += watching;
  expect([deadline.leftForWork(), deadline.leftForWatching(), deadline.leftForAnswering()]).toEqual([0, 0, answering - watching]);
  clock.now += remaining;
  expect(deadline.leftForAnswering()).toBe(0);
});
