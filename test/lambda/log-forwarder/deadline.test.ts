// SPDX-License-Identifier: Apache-2.0
import { Deadline } from '../../../lambda/log-forwarder/delivery/deadline';

test('time is kept for storing, in short invocations half of it', () => {
  const clock = { now: 0 };
  const deadline = new Deadline(120_000, () => clock.now);
  expect([deadline.leftForSending(), deadline.leftForStoring()]).toEqual([117_000, 119_800]);
  clock.now = 118_000;
  expect([deadline.leftForSending(), deadline.leftForStoring()]).toEqual([0, 1800]);
  expect(new Deadline(1000, () => 0).leftForSending()).toBe(500);
});
