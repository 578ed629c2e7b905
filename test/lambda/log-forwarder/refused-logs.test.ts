// SPDX-License-Identifier: Apache-2.0
import { answer } from './fake-intake';
import { messages, Scenario } from './scenario';
import { lambdaContext, subscriptionEvent } from './subscription';
import { TRUNCATION_MARKER } from '../../../lambda/log-forwarder/message/truncation';

let scenario: Scenario;
beforeEach(async () => { scenario = await Scenario.start(); });
afterEach(async () => { await scenario.stop(); });

const everything = messages(2500);
const refuse = (status: number, isBad: (message: string) => boolean) => {
  scenario.intake.behave = ({ logs }, response) => logs.some(({ message }) => isBad(message)) ? answer(response, status) : 'accept';
};
const stored = () => scenario.aws.storedLogs.map(({ message }) => message).sort();

test('413 splits a batch until its parts fit; a single log that does not is stored', async () => {
  const stubborn = everything[1234];
  scenario.intake.behave = ({ logs }, response) => {
    return logs.length > 300 || logs.some(({ message }) => message === stubborn) ? answer(response, 413) : 'accept';
  };
  await scenario.forward(everything);
  expect(scenario.aws.storedLogs.map(({ message }) => message)).toEqual([stubborn]);
  expect(scenario.everywhere).toEqual(everything);
  expect(scenario.counts).toMatchObject({ ForwardedLogs: 2499, UndeliveredLogs: 1 });
});


test.each([400, 413])('one log that is answered %d is stored, and its neighbours are delivered', async (status) => {
  const bad = everything[1234];
  refuse(status, (message) => message === bad);
  await scenario.forward(everything);
  expect(stored()).toEqual([bad]);
  expect(scenario.everywhere).toEqual(everything);
  expect(scenario.counts).toMatchObject({ ForwardedLogs: 2499, UndeliveredLogs: 1, FailedLogs: 0, UndeliveredReasons: [`status ${status}`] });
  // Twice the depth of a tree of 1,000.
  expect(scenario.intake.requests.length).toBeLessThanOrEqual(3 + 2 * 10);
});

test.each([10, 2])('of every %d logs a bad one: at most two requests for each log', async (every) => {
  const logs = everything.slice(0, 500);
  const bad = logs.filter((_, index) => index % every === 1);
  refuse(400, (message) => bad.includes(message));
  await scenario.forward(logs);
  expect(stored()).toEqual(bad);
  expect(scenario.everywhere).toEqual(logs);
  expect(scenario.intake.requests.length).toBeLessThan(2 * 500);
});

test('an intake that refuses everything is not asked for each log, and nothing is lost', async () => {
  refuse(400, () => true);
  await scenario.forward(everything);
  expect(scenario.intake.requests.length).toBeLessThan(300);
  expect(scenario.aws.objects.size).toBeLessThan(200);
  expect(scenario.everywhere).toEqual(everything);
});

test('halving ends with the time for sending', async () => {
  scenario.intake.behave = (_, response) => { setTimeout(() => answer(response, 400), 100); };
  const context = lambdaContext(6000);
  await scenario.handler()(subscriptionEvent(everything), context);
  expect(context.getRemainingTimeInMillis()).toBeGreaterThan(0);
  expect(scenario.everywhere).toEqual(everything);
});

test('a bad log that cannot be stored fails the invocation', async () => {
  refuse(400, (message) => message === everything[7]);
  scenario.aws.failures.set('s3', [403]);
  await expect(scenario.forward(everything)).rejects.toThrow(/^1 logs were neither delivered nor stored: status 400, then s3/);
  expect(scenario.counts).toMatchObject({ ForwardedLogs: 2499, FailedLogs: 1 });
});

test('a large log that is answered 413 is cut until it is accepted', async () => {
  const large = 'ü"🚀'.repeat(50_000);
  refuse(413, (message) => message.length > 60_000);
  await scenario.forward([...everything.slice(0, 10), large]);
  const { message } = scenario.intake.accepted.find((log) => log.message.endsWith(TRUNCATION_MARKER))!;
  expect(message.length).toBeGreaterThan(25_000);
  expect(message.indexOf(TRUNCATION_MARKER)).toBe(message.length - TRUNCATION_MARKER.length);
  expect(large.startsWith(message.slice(0, -TRUNCATION_MARKER.length))).toBe(true);
  expect(scenario.aws.objects.size).toBe(0);
  expect(scenario.counts).toMatchObject({ ForwardedLogs: 11, UndeliveredLogs: 0, TruncatedLogs: 1 });
});

test('a log that was cut already has one marker, and is counted once', async () => {
  refuse(413, (message) => message.length > 600_000);
  await scenario.forward(['x'.repeat(1_048_000)]);
  expect(scenario.intake.accepted[0].message).toMatch(/^x+\.\.\.TRUNCATED\.\.\.$/);
  expect(scenario.counts).toMatchObject({ ForwardedLogs: 1, TruncatedLogs: 1 });
});

test('a log that is refused at any length is stored at full length', async () => {
  const large = 'x'.repeat(100_000);
  refuse(413, () => true);
  await scenario.forward([large]);
  expect(stored()).toEqual([large]);
  expect(scenario.intake.requests.length).toBeLessThan(15);
  expect(scenario.counts).toMatchObject({ ForwardedLogs: 0, UndeliveredLogs: 1, TruncatedLogs: 0 });
});
