// SPDX-License-Identifier: Apache-2.0
import { Bucket } from './bucket';
import { messages, Scenario } from './scenario';

let scenario: Scenario;
let bucket: Bucket;
beforeEach(async () => {
  scenario = await Scenario.start();
  bucket = new Bucket(scenario);
});
afterEach(async () => { await scenario.stop(); });

const everything = messages(100);
const accepted = () => scenario.intake.accepted.map(({ message }) => message);

/** One log in each object, the first of them the oldest. */
function putBatches(count: number): string[] {
  return Array.from({ length: count }, (_, index) => bucket.putBatch([everything[index]], 1, `request-${String(index).padStart(3, '0')}`));
}

test('an object that is gone when its turn comes is nobody\'s concern', async () => {
  const [, gone] = putBatches(3);
  bucket.s3.before = ({ operation, key }) => {
    if (operation === 'GetObject' && key === gone) {
      bucket.delete(gone);
    }
    return undefined;
  };
  await scenario.replay();
  expect(accepted().sort()).toEqual([everything[0], everything[2]]);
});

test('an object that was replaced while it was sent stays', async () => {
  const [key] = putBatches(1);
  bucket.s3.before = (call) => {
    if (call.operation === 'DeleteObject' && call.key === key) {
      bucket.putBatch([everything[1]], 1, 'request-000');
    }
    return undefined;
  };
  await scenario.replay();
  expect(accepted()).toEqual([everything[0]]);
  expect(bucket.messages(key)).toEqual([everything[1]]);
});

test.each([
  ['ListObjectsV2', 0],
  ['GetObject', 0],
  ['DeleteObject', 1],
] as const)('a bucket that denies %s fails the replay, after which everything is somewhere', async (operation, delivered) => {
  const keys = putBatches(20);
  bucket.s3.before = (call) => call.operation === operation && call.key !== 'replay/lease' ? 403 : undefined;
  await expect(scenario.replay()).rejects.toThrow(/^s3 at 127\.0\.0\.1:\d+: status 403 InjectedFailure$/);
  expect(accepted()).toEqual(everything.slice(0, delivered));
  expect(bucket.keys).toEqual(keys);
  expect(scenario.replayCounts).toMatchObject({ ReplayedLogs: delivered });
  expect(scenario.replayCounts.UndeliveredObjects).toBe(operation === 'ListObjectsV2' ? undefined : 20);
});

test('an object that cannot be read keeps no other away, but the replay fails', async () => {
  const [oldest] = putBatches(20);
  bucket.s3.before = ({ operation, key }) => operation === 'GetObject' && key === oldest ? 403 : undefined;
  await expect(scenario.replay()).rejects.toThrow('status 403');
  expect(accepted().sort()).toEqual(everything.slice(1, 20));
  expect(bucket.keys).toEqual([oldest]);
});

test('a bucket that gives nothing away is asked for a few objects', async () => {
  putBatches(100);
  bucket.s3.before = ({ operation }) => operation === 'GetObject' ? 403 : undefined;
  await expect(scenario.replay()).rejects.toThrow('status 403');
  expect(bucket.s3.calls.filter(({ operation, key }) => operation === 'GetObject' && key !== 'replay/lease')).toHaveLength(10);
});

test('what was delivered and cannot be deleted would arrive again with every replay: the first denial ends this one', async () => {
  putBatches(100);
  let denied = '';
  bucket.s3.before = ({ operation, key }) => {
    denied ||= operation === 'DeleteObject' && scenario.intake.accepted.length >= 10 ? key : '';
    return operation === 'DeleteObject' && key === denied ? 403 : undefined;
  };
  await expect(scenario.replay()).rejects.toThrow('status 403');
  expect(scenario.intake.accepted.length).toBeLessThan(30);
  expect(scenario.everywhere.length).toBe(101);
});

test('a bucket that fails for a moment is asked again', async () => {
  putBatches(20);
  let calls = 0;
  bucket.s3.before = () => calls++ % 3 === 1 ? 503 : undefined;
  bucket.s3.after = () => calls % 5 === 1 ? 'reset' : undefined;
  await scenario.replay();
  expect(accepted().sort()).toEqual(everything.slice(0, 20));
  expect(bucket.keys).toEqual([]);
});

test('a page that cannot be listed ends the replay when what is under way has come to its end', async () => {
  putBatches(40);
  bucket.s3.pageSize = 10;
  let pages = 0;
  bucket.s3.before = ({ operation, key }) => operation === 'ListObjectsV2' && key === 'undelivered/' && ++pages > 1 ? 403 : undefined;
  scenario.intake.behave = (request, response) => { setTimeout(() => scenario.intake.accept(request, response), 100); };
  await expect(scenario.replay()).rejects.toThrow('status 403');
  expect(accepted().sort()).toEqual(everything.slice(0, 10));
  expect(bucket.keys).toHaveLength(30);
  expect(bucket.s3.calls.pop()).toMatchObject({ operation: 'DeleteObject', key: 'replay/lease' });
});
