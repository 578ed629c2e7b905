// SPDX-License-Identifier: Apache-2.0
import { Bucket, HOUR } from './bucket';
import { answer } from './fake-intake';
import { messages, Scenario } from './scenario';
import { lambdaContext } from './subscription';

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
const accepted = () => scenario.intake.accepted.map(({ message }) => message);
/** The objects that were read, in this order. */
const read = () => bucket.s3.calls.filter(({ operation, key }) => operation === 'GetObject' && key !== 'replay/lease').map(({ key }) => key);

/** One log in each object, the first of them the oldest. */
function putBatches(count: number): string[] {
  return Array.from({ length: count }, (_, index) => bucket.putBatch([everything[index]], 1, `request-${String(index).padStart(3, '0')}`));
}

test('what could not be delivered goes out byte for byte as it was stored, and is deleted', async () => {
  scenario.intake.behave = (_, response) => answer(response, 404);
  await scenario.forward(everything);
  const stored = [...bucket.s3.objects.values()].map(({ body }) => body.toString('base64')).sort();
  expect(stored).toHaveLength(3);

  scenario.intake.behave = () => 'accept';
  scenario.intake.requests.length = 0;
  await scenario.replay();
  expect(scenario.intake.requests.map(({ body }) => body.toString('base64')).sort()).toEqual(stored);
  expect(accepted().sort()).toEqual(everything);
  expect(bucket.keys).toEqual([]);
  expect(scenario.replayCounts).toMatchObject({
    FunctionName: 'DD-Forwarder', ReplayedLogs: 2500, RefusedLogs: 0, RetriedRequests: 0, UndeliveredObjects: 0, OldestUndeliveredAge: 0,
  });
});

test('with nothing that waits nothing is sent', async () => {
  await scenario.replay();
  expect(scenario.intake.requests).toEqual([]);
  expect(scenario.replayCounts).toMatchObject({ ReplayedLogs: 0, UndeliveredObjects: 0, OldestUndeliveredAge: 0 });
});

test('the oldest goes first, whether it is a batch of ours or a record of Lambda\'s', async () => {
  const keys = [
    bucket.putBatch(['a'], 30),
    bucket.putRecord({ action: 'replay' }, 29, 'first'),
    bucket.putBatch(['b'], 5),
    bucket.putBatch(['c'], 4, 'zzz'),
    bucket.putRecord({ action: 'replay' }, 3, 'second'),
    bucket.putBatch(['d'], 1, 'aaa'),
  ];
  // None is accepted, so that each is taken alone.
  scenario.intake.behave = (_, response) => answer(response, 400);
  await scenario.replay();
  expect(read()).toEqual(keys);
});

test('within an hour the oldest is the one that was written first', async () => {
  const hour = Math.floor(Date.now() / HOUR) - 2;
  const put = (name: string, minutes: number) => {
    const key = `undelivered/${new Date(hour * HOUR).toISOString().slice(0, 13).replace(/[-T]/g, '/')}/${name}.json.gz`;
    bucket.put(key, 'not gzip', new Date(hour * HOUR + minutes * 60_000));
    return key;
  };
  const [second, first] = [put('a', 20), put('b', 10)];
  await scenario.replay();
  expect(read()).toEqual([first, second]);
});

test('everything arrives once, page by page, with no more objects in memory than requests under way', async () => {
  putBatches(40);
  bucket.s3.pageSize = 3;
  let inMemory = 0;
  let atMost = 0;
  bucket.s3.before = ({ operation, key }) => {
    if (key.startsWith('undelivered/')) {
      inMemory += operation === 'GetObject' ? 1 : 0;
      inMemory -= operation === 'DeleteObject' ? 1 : 0;
    }
    atMost = Math.max(atMost, inMemory);
    return undefined;
  };
  await scenario.replay();
  expect(atMost).toBeGreaterThan(1);
  expect(atMost).toBeLessThanOrEqual(8);
  expect(accepted().sort()).toEqual(everything.slice(0, 40));
  expect(bucket.keys).toEqual([]);
});

test('what is on later pages is read only when it is needed', async () => {
  putBatches(40);
  bucket.s3.pageSize = 3;
  scenario.intake.behave = (_, response) => answer(response, 404);
  const lists = () => bucket.s3.calls.filter(({ operation }) => operation === 'ListObjectsV2').length;
  let listsBeforeSending = 0;
  bucket.s3.before = ({ operation, key }) => {
    listsBeforeSending = operation === 'GetObject' && key.startsWith('undelivered/') ? lists() : listsBeforeSending;
    return undefined;
  };
  await scenario.replay();
  expect(listsBeforeSending).toBe(2);
  // Counting goes on to the tenth page, and says what it has found.
  expect(scenario.replayCounts).toMatchObject({ UndeliveredObjects: 30 });
});

test('the first object goes alone; once it is accepted, several go at once', async () => {
  putBatches(9);
  const open: (() => void)[] = [];
  let first = true;
  scenario.intake.behave = (request, response) => {
    if (first) {
      first = false;
      setTimeout(() => {
        expect(scenario.intake.requests).toHaveLength(1);
        scenario.intake.accept(request, response);
      }, 200);
      return;
    }
    open.push(() => scenario.intake.accept(request, response));
    // Nobody gets an answer before everybody has asked.
    if (open.length === 8) {
      open.forEach((resume) => resume());
    }
  };
  await scenario.replay();
  expect(accepted().sort()).toEqual(everything.slice(0, 9));
});

test.each([503, 429])('%d in between is waited for', async (status) => {
  const times = 2;
  putBatches(3);
  let left = times;
  scenario.intake.behave = (_, response) => left-- > 0 ? answer(response, status) : 'accept';
  await scenario.replay();
  expect(accepted().sort()).toEqual(everything.slice(0, 3));
  expect(scenario.replayCounts).toMatchObject({ ReplayedLogs: 3, RetriedRequests: times });
  expect(scenario.replayCounts).not.toHaveProperty('UndeliveredReasons');
});

test('while the intake is down, a replay costs one object\'s repeats within a fraction of the time; everything stays', async () => {
  const keys = putBatches(5);
  scenario.intake.behave = (_, response) => answer(response, 503);
  const context = lambdaContext(12_000);
  await scenario.handler()({ action: 'replay' }, context);
  expect(context.getRemainingTimeInMillis()).toBeGreaterThan(7000);
  expect(new Set(scenario.intake.requests.map(({ logs }) => logs[0].message))).toEqual(new Set([everything[0]]));
  expect(bucket.keys).toEqual(keys);
  const counts = scenario.replayCounts;
  expect(counts).toMatchObject({ ReplayedLogs: 0, UndeliveredObjects: 5, UndeliveredReasons: ['status 503'] });
  expect(counts.RetriedRequests).toBeGreaterThan(0);
  expect(counts.OldestUndeliveredAge).toBeGreaterThanOrEqual(3600);
  expect(counts.OldestUndeliveredAge).toBeLessThan(3660);
});

test.each([[404, 1], [302, 1], [401, 2], [403, 2]])('%d ends the replay after %d request(s); everything stays', async (status, requests) => {
  const keys = putBatches(20);
  scenario.intake.behave = (_, response) => answer(response, status);
  await scenario.replay();
  expect(scenario.intake.requests).toHaveLength(requests);
  expect(bucket.keys).toEqual(keys);
});

test('an intake that goes away in the middle ends the replay; what is not accepted stays', async () => {
  putBatches(100);
  scenario.intake.behave = (_, response) => scenario.intake.accepted.length < 10 ? 'accept' : answer(response, 404);
  await scenario.replay();
  expect(scenario.intake.requests.length).toBeLessThan(30);
  expect(scenario.everywhere).toEqual(everything.slice(0, 100));
  expect(scenario.replayCounts.UndeliveredObjects).toBe(100 - scenario.intake.accepted.length);
});

test('a key that was rotated is read again', async () => {
  putBatches(20);
  const handler = scenario.handler({ DD_API_KEY: undefined, DD_API_KEY_SSM_NAME: '/key' });
  scenario.aws.parameters.set('/key', 'old');
  await handler({ action: 'replay' }, lambdaContext());
  scenario.aws.parameters.set('/key', 'new');
  scenario.intake.behave = ({ headers }, response) => headers['dd-api-key'] === 'new' ? 'accept' : answer(response, 403);
  putBatches(20);
  await handler({ action: 'replay' }, lambdaContext());
  expect(scenario.intake.accepted).toHaveLength(40);
});

test('a replay ends in time, and the next one goes on', async () => {
  putBatches(100);
  scenario.intake.behave = (request, response) => { setTimeout(() => scenario.intake.accept(request, response), 400); };
  const context = lambdaContext(6000);
  await scenario.handler()({ action: 'replay' }, context);
  expect(context.getRemainingTimeInMillis()).toBeGreaterThan(0);
  expect(scenario.intake.accepted.length).toBeGreaterThan(0);
  expect(scenario.replayCounts.UndeliveredObjects).toBe(100 - scenario.intake.accepted.length);

  scenario.intake.behave = () => 'accept';
  await scenario.replay();
  expect(accepted().sort()).toEqual(everything.slice(0, 100));
  expect(bucket.keys).toEqual([]);
});

test('a part that is not accepted is stored in the same hour before the whole is deleted, and goes out next time', async () => {
  const logs = everything.slice(0, 1000);
  const key = bucket.putBatch(logs, 7);
  const second = logs.slice(500);
  scenario.intake.behave = ({ logs: sent }, response) => {
    if (sent.length > 500) {
      answer(response, 413);
      return undefined;
    }
    return sent[0].message === second[0] ? answer(response, 404) : 'accept';
  };
  const changes: string[] = [];
  bucket.s3.before = ({ operation, key: changed }) => {
    if (/^(Put|Delete)/.test(operation) && changed !== 'replay/lease') {
      changes.push(operation);
    }
    return undefined;
  };
  await scenario.replay();
  expect(changes).toEqual(['PutObject', 'DeleteObject']);
  const [part] = bucket.keys;
  expect(part.slice(0, part.lastIndexOf('/'))).toBe(key.slice(0, key.lastIndexOf('/')));
  expect(bucket.messages(part)).toEqual(second);
  // It is as old as the whole, to the hour of its name.
  expect(scenario.replayCounts.UndeliveredObjects).toBe(1);
  expect(scenario.replayCounts.OldestUndeliveredAge).toBeGreaterThan(6 * 3600 - 1);

  scenario.intake.behave = () => 'accept';
  await scenario.replay();
  expect(accepted().sort()).toEqual(logs);
  expect(bucket.keys).toEqual([]);
});

test('without a bucket there is nothing to replay', async () => {
  await expect(scenario.replay({ DD_S3_BUCKET_NAME: undefined })).rejects.toThrow('There is nothing to replay: no bucket is set (DD_S3_BUCKET_NAME)');
});
