// SPDX-License-Identifier: Apache-2.0
import { gzipSync } from 'node:zlib';
import { Bucket } from './bucket';
import { answer } from './fake-intake';
import { messages, Scenario } from './scenario';

let scenario: Scenario;
let bucket: Bucket;
beforeEach(async () => {
  scenario = await Scenario.start();
  bucket = new Bucket(scenario);
});
afterEach(async () => {
  await scenario.stop();
  expect(JSON.stringify(scenario.printed)).not.toContain('secret text');
});

const everything = messages(1000);
const refuse = (status: number, isBad: (message: string) => boolean) => {
  scenario.intake.behave = ({ logs }, response) => logs.some(({ message }) => isBad(message)) ? answer(response, status) : 'accept';
};
const accepted = () => scenario.intake.accepted.map(({ message }) => message).sort();
const reason = (key: string) => bucket.get(key)!.headers['x-amz-meta-reason'];

test.each([400, 413])('logs that are answered %d whatever happens are moved aside, alone, and their neighbours are delivered', async (status) => {
  const bad = [everything[123], everything[777]];
  const key = bucket.putBatch(everything);
  refuse(status, (message) => bad.includes(message));
  await scenario.replay();
  const aside = [0, 1].map((index) => key.replace('undelivered/', 'refused/').replace('.json.gz', `-${index}.json.gz`));
  expect(bucket.keys).toEqual(aside);
  expect(aside.flatMap((name) => bucket.messages(name)).sort()).toEqual(bad);
  expect(aside.map(reason)).toEqual([`status ${status}`, `status ${status}`]);
  expect(scenario.everywhere).toEqual(everything);
  expect(scenario.replayCounts).toMatchObject({
    ReplayedLogs: 998, RefusedLogs: 2, UndeliveredObjects: 0, OldestUndeliveredAge: 0, UndeliveredReasons: [`status ${status}`],
  });

  scenario.intake.requests.length = 0;
  await scenario.replay();
  expect(scenario.intake.requests).toEqual([]);
});

test('a log that was refused beside its neighbours when it came is moved aside when it is refused again, even where it is all there is', async () => {
  refuse(400, (message) => message === everything[5]);
  await scenario.forward(everything);
  const [key] = bucket.keys;
  expect(key).toMatch(/^undelivered\//);
  await scenario.replay();
  expect(bucket.keys).toEqual([key.replace('undelivered/', 'refused/').replace('.json.gz', '-0.json.gz')]);
  expect(scenario.replayCounts).toMatchObject({ ReplayedLogs: 0, RefusedLogs: 1 });
});

test('an intake that refuses everything is a wrong address: nothing is moved aside, and few requests are made', async () => {
  const keys = [bucket.putBatch(everything, 5), bucket.putBatch(['alone'], 4), bucket.putBatch(everything.slice(0, 20), 3)];
  refuse(400, () => true);
  await scenario.replay();
  expect(bucket.keys).toEqual([...keys].sort());
  expect(scenario.intake.requests.length).toBeLessThan(120);
  expect(scenario.replayCounts).toMatchObject({ ReplayedLogs: 0, RefusedLogs: 0, UndeliveredObjects: 3 });
});

test('logs of which nobody knows whether they are to blame wait until the intake accepts others, in the same replay', async () => {
  const bad = bucket.putBatch(['bad'], 5);
  const allBad = bucket.putBatch(Array<string>(40).fill('bad'), 4);
  bucket.putBatch(everything.slice(0, 20), 3);
  refuse(400, (message) => message === 'bad');
  await scenario.replay();
  expect(bucket.keys.every((key) => key.startsWith('refused/'))).toBe(true);
  expect(bucket.keys).toHaveLength(41);
  expect(bucket.keys).toContain(bad.replace('undelivered/', 'refused/').replace('.json.gz', '-0.json.gz'));
  expect(bucket.keys).toContain(allBad.replace('undelivered/', 'refused/').replace('.json.gz', '-39.json.gz'));
  expect(accepted()).toEqual(everything.slice(0, 20));
});

test.each<[string, Buffer]>([
  ['no gzip', Buffer.from('[{"message":"secret text"}]')],
  ['half of a gzip', gzipSync(JSON.stringify(everything.map((message) => ({ message })))).subarray(0, 500)],
  ['gzip of something else', gzipSync('secret text')],
  ['gzip of half an array', gzipSync('[{"message":"secret text"},{"mess')],
  ['gzip of an array that does not hold logs', gzipSync('["secret text"]')],
  ['gzip of an array with something behind it', gzipSync('[{"message":"secret text"}]]')],
  ['gzip of nothing', gzipSync('[]')],
  ['nothing', Buffer.alloc(0)],
])('an object that is %s is moved aside as it is, with the reason, and in nobody\'s way', async (_, body) => {
  const key = bucket.putBatch([], 5);
  bucket.put(key, body, bucket.get(key)!.lastModified);
  bucket.putBatch(everything, 3);
  await scenario.replay();
  const aside = key.replace('undelivered/', 'refused/');
  expect(bucket.keys).toEqual([aside]);
  expect(bucket.get(aside)!.body.equals(body)).toBe(true);
  expect(reason(aside)).toBe('not gzip of a JSON array of logs');
  expect(accepted()).toEqual(everything);
  expect(scenario.replayCounts).toMatchObject({ ReplayedLogs: 1000, RefusedLogs: 1 });
});

test('what cannot be moved aside stays', async () => {
  const key = bucket.putBatch(everything);
  refuse(400, (message) => message === everything[5]);
  bucket.s3.before = (call) => call.operation === 'PutObject' && call.key.startsWith('refused/') ? 403 : undefined;
  await expect(scenario.replay()).rejects.toThrow('status 403');
  expect(bucket.keys).toEqual([key]);
  expect(bucket.messages(key)).toEqual(everything);
});

test('any text can be a log of a batch that is halved', async () => {
  const logs = ['"},{"', '[{"message":"x"}]', '\\"', '\\', '}]', 'ü🚀\ud800 \u2028', '\u0000\n\t', '']
    .map((text, index) => `${index} ${text}`);
  bucket.putBatch([...logs, 'bad']);
  refuse(400, (message) => message === 'bad');
  await scenario.replay();
  expect(accepted()).toEqual(logs);
  expect(bucket.keys.map((key) => bucket.messages(key))).toEqual([['bad']]);
});
