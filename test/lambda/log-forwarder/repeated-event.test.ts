// SPDX-License-Identifier: Apache-2.0
import { answer } from './fake-intake';
import { messages, Scenario } from './scenario';
import { lambdaContext, subscriptionEvent } from './subscription';

let scenario: Scenario;
beforeEach(async () => { scenario = await Scenario.start(); });
afterEach(async () => scenario.stop());

const everything = messages(2500);

/** One of an event's batches is delivered late, or not at all: what is stored comes in another order each time. */
async function forwardWithout(first: string): Promise<void> {
  scenario.intake.behave = ({ logs }, response) => logs[0].message === first ? 'accept' : answer(response, 404);
  await scenario.handler()(subscriptionEvent(everything), lambdaContext());
}

test('an event that Lambda repeats replaces nothing of what its failed invocation stored', async () => {
  await forwardWithout(everything[0]);
  const stored = new Map(scenario.aws.objects);
  expect(stored.size).toBe(2);
  await forwardWithout(everything[1000]);
  // The batch that both stored is there once, and each of the others.
  expect(scenario.aws.objects.size).toBe(3);
  stored.forEach((body, path) => expect(scenario.aws.objects.get(path)).toEqual(body));
  expect([...new Set(scenario.everywhere)]).toEqual(everything);
});
