// SPDX-License-Identifier: Apache-2.0
import { gunzipSync } from 'node:zlib';
import { Bucket } from './bucket';
import { answer } from './fake-intake';
import { messages, Scenario } from './scenario';
import { encodeEvent, subscriptionEvent } from './subscription';

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

const everything = messages(2500);
const accepted = () => scenario.intake.accepted.map(({ message }) => message).sort();
const reason = (key: string) => bucket.get(key)!.headers['x-amz-meta-reason'];
const kinesisRecord = (data: string, index = 0) => ({ eventSource: 'aws:kinesis', kinesis: { data, sequenceNumber: `sequence-${index}` } });

test('an event on which the function failed goes the way of every event, and its record is deleted', async () => {
  await scenario.forward(everything);
  const bodies = () => scenario.intake.requests.map(({ body }) => gunzipSync(body).toString());
  const expected = bodies();
  scenario.intake.requests.length = 0;

  bucket.putRecord(subscriptionEvent(everything));
  await scenario.replay();
  expect(bodies().sort()).toEqual(expected.sort());
  expect(bucket.keys).toEqual([]);
  expect(scenario.replayCounts).toMatchObject({ ReplayedLogs: 2500, UndeliveredObjects: 0 });
});

test('error logs are counted with the replay: they were not when the event failed', async () => {
  bucket.putRecord(subscriptionEvent(['ERROR secret text']));
  await scenario.replay();
  expect(scenario.printed).toContainEqual(expect.objectContaining({ ErrorLogs: 1 }));
});

test('what the intake does not take of an event becomes batches that wait, before the record is deleted', async () => {
  const record = bucket.putRecord(subscriptionEvent(everything));
  bucket.putRecord(subscriptionEvent(['later']), 0);
  scenario.intake.behave = (_, response) => answer(response, 404);
  const changes: string[] = [];
  bucket.s3.before = ({ operation, key }) => {
    changes.push(`${operation} ${key.split('/')[0]}`);
    return undefined;
  };
  await scenario.replay();
  const work = changes.filter((change) => /^(Put|Delete)/.test(change) && !change.endsWith('replay'));
  expect(work).toEqual(['PutObject undelivered', 'PutObject undelivered', 'PutObject undelivered', 'DeleteObject aws']);
  expect(bucket.keys).not.toContain(record);
  expect(scenario.replayCounts).toMatchObject({ ReplayedLogs: 0, UndeliveredObjects: 4, UndeliveredReasons: ['status 404'] });

  scenario.intake.behave = () => 'accept';
  await scenario.replay();
  expect(accepted()).toEqual(['later', ...everything].sort());
  expect(bucket.keys).toEqual([]);
});

test('an event that is neither delivered nor stored stays where it is, and the replay fails', async () => {
  const record = bucket.putRecord(subscriptionEvent(everything));
  scenario.intake.behave = (_, response) => answer(response, 404);
  bucket.s3.before = ({ operation, key }) => operation === 'PutObject' && key.startsWith('undelivered/') ? 403 : undefined;
  await expect(scenario.replay()).rejects.toThrow(/^2500 logs were neither delivered nor stored: status 404, then s3/);
  expect(bucket.keys).toEqual([record]);
});

test.each([
  ['a replay', { action: 'replay' }],
  ['a control message', encodeEvent({ messageType: 'CONTROL_MESSAGE' })],
])('the record of %s is deleted, and sends nothing', async (_, event) => {
  bucket.putRecord(event);
  await scenario.replay();
  expect(bucket.keys).toEqual([]);
  expect(scenario.intake.requests).toEqual([]);
  expect(scenario.replayCounts).toMatchObject({ ReplayedLogs: 0, RefusedLogs: 0 });
});

const corrupt: [string, unknown, string][] = [
  ['with corrupt data', { awslogs: { data: 'bm8gZ3ppcA==' } }, 'The subscription event is corrupt: its data is not gzip in base64'],
  ['with other JSON', encodeEvent({ messageType: 'DATA_MESSAGE' }), 'The subscription event holds neither logs nor a control message'],
  ['of another kind', { secret: 'secret text' }, 'The event is not one of a CloudWatch Logs subscription: it has no awslogs.data'],
  ['that is missing', undefined, 'The event is not one of a CloudWatch Logs subscription: it has no awslogs.data'],
];

test.each(corrupt)('an event %s is moved aside as it is, with the reason, and in nobody\'s way', async (_, event, why) => {
  const key = bucket.putRecord(event, 5);
  const { body } = bucket.get(key)!;
  bucket.putRecord(subscriptionEvent(everything), 1);
  await scenario.replay();
  expect(bucket.keys).toEqual([`refused/${key}`]);
  expect(bucket.get(`refused/${key}`)!.body.equals(body)).toBe(true);
  expect(reason(`refused/${key}`)).toBe(why);
  expect(accepted()).toEqual(everything);
  expect(scenario.replayCounts).toMatchObject({ ReplayedLogs: 2500, RefusedLogs: 1 });
});

test('a record that is no JSON is moved aside', async () => {
  const key = bucket.putRecord({});
  bucket.put(key, '{"requestPayload":{"awslogs":{"data":"secret text');
  await scenario.replay();
  expect(bucket.keys).toEqual([`refused/${key}`]);
});

test.each([
  ['text', (event: unknown) => JSON.stringify(event)],
  ['JSON', (event: unknown) => event],
])('each record of a batch of a stream is forwarded; the batch is %s in the record', async (_, encode) => {
  const control = encodeEvent({ messageType: 'CONTROL_MESSAGE' }).awslogs.data;
  const data = [subscriptionEvent(everything.slice(0, 3)).awslogs.data, control, subscriptionEvent(everything.slice(3, 5)).awslogs.data];
  bucket.putStreamRecord(encode({ Records: data.map(kinesisRecord) }));
  await scenario.replay();
  expect(accepted()).toEqual(everything.slice(0, 5));
  expect(bucket.keys).toEqual([]);
});

test('a record of a stream that cannot be read keeps none of its neighbours away, and is moved aside with its batch', async () => {
  const data = [subscriptionEvent([everything[0]]).awslogs.data, 'bm8gZ3ppcA==', subscriptionEvent([everything[1]]).awslogs.data];
  const key = bucket.putStreamRecord(JSON.stringify({ Records: data.map(kinesisRecord) }));
  await scenario.replay();
  expect(accepted()).toEqual(everything.slice(0, 2));
  expect(bucket.keys).toEqual([`refused/${key}`]);
  expect(reason(`refused/${key}`)).toBe('The subscription event is corrupt: its data is not gzip in base64');
});

test('a record of a stream without its batch is moved aside', async () => {
  const key = bucket.putStreamRecord(undefined);
  await scenario.replay();
  expect(bucket.keys).toEqual([`refused/${key}`]);
});

test('many records and batches go out together', async () => {
  for (let index = 0; index < 30; index++) {
    bucket.putRecord(subscriptionEvent([everything[index]]), 1, `record-${index}`);
    bucket.putBatch([everything[30 + index]], 1, `batch-${index}`);
  }
  await scenario.replay();
  expect(accepted()).toEqual(everything.slice(0, 60));
  expect(bucket.keys).toEqual([]);
});
