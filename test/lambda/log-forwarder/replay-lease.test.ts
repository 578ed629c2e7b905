// SPDX-License-Identifier: Apache-2.0
import { Bucket } from './bucket';
import { answer } from './fake-intake';
import { messages, Scenario } from './scenario';
import { lambdaContext } from './subscription';

const LEASE = 'replay/lease';

let scenario: Scenario;
let bucket: Bucket;
let keys: string[];
const texts = messages(20);
beforeEach(async () => {
  scenario = await Scenario.start();
  bucket = new Bucket(scenario);
  keys = texts.map((text, index) => bucket.putBatch([text], 1, `request-${String(index).padStart(3, '0')}`));
});
afterEach(async () => { await scenario.stop(); });

const accepted = () => scenario.intake.accepted.map(({ message }) => message).sort();
const lease = (expiresInMs: number) => JSON.stringify({ holder: 'another', expires: new Date(Date.now() + expiresInMs).toISOString() });

function expectEverythingOnce(): void {
  expect(accepted()).toEqual(texts);
  expect(bucket.keys).toEqual([]);
}

test('while another replay holds the lease, nothing happens and nothing is said', async () => {
  bucket.put(LEASE, lease(30_000));
  await scenario.replay();
  expect(scenario.intake.requests).toEqual([]);
  expect(bucket.keys).toEqual([LEASE, ...keys]);
  expect(scenario.printed).toEqual([]);
});

test.each([
  ['of a holder that died', lease(-1)],
  ['that is none', 'nonsense'],
  ['without a time', '{}'],
])('a lease %s is taken over', async (_, body) => {
  bucket.put(LEASE, body);
  await scenario.replay();
  expectEverythingOnce();
});

test('the lease of a holder that dies now is in force until Lambda has ended it, with a margin for clocks, and then taken over', async () => {
  let body = '';
  scenario.intake.behave = (request, response) => {
    body ||= bucket.get(LEASE)!.body.toString();
    scenario.intake.accept(request, response);
  };
  const end = Date.now() + 20_000;
  await scenario.replay({}, 20_000);
  const expiry = Date.parse(JSON.parse(body).expires);
  expect(expiry).toBeGreaterThanOrEqual(end + 60_000);
  expect(expiry).toBeLessThan(end + 62_000);

  // As if that holder had died before it could release it.
  bucket.put(LEASE, body);
  bucket.putBatch(['late']);
  await scenario.replay();
  expect(bucket.keys).toHaveLength(2);
  const now = jest.spyOn(Date, 'now').mockReturnValue(expiry);
  await scenario.replay().finally(() => now.mockRestore());
  expect(bucket.keys).toEqual([]);
});

test.each([
  ['with no lease', undefined],
  ['when the lease has expired', lease(-1)],
])('of two replays at once, %s, one works, and nothing arrives twice', async (_, body) => {
  if (body !== undefined) {
    bucket.put(LEASE, body);
  }
  scenario.intake.behave = (request, response) => { setTimeout(() => scenario.intake.accept(request, response), 20); };
  await Promise.all([scenario.replay(), scenario.replay(), scenario.replay()]);
  expectEverythingOnce();
  expect(scenario.printed).toHaveLength(1);
});

test.each([
  ['that worked', undefined],
  ['whose intake took nothing', 404],
])('a replay %s releases the lease, and the next one can begin at once', async (_, status) => {
  scenario.intake.behave = (__, response) => status ? answer(response, status) : 'accept';
  await scenario.replay();
  expect(bucket.keys).not.toContain(LEASE);
  scenario.intake.behave = () => 'accept';
  await scenario.replay();
  expectEverythingOnce();
});

test('a replay that failed releases the lease', async () => {
  bucket.s3.before = ({ operation }) => operation === 'ListObjectsV2' ? 403 : undefined;
  await expect(scenario.replay()).rejects.toThrow('403');
  expect(bucket.keys).toEqual(keys);
});

test('a lease that is another\'s by now is left alone', async () => {
  bucket.s3.before = ({ operation, key }) => {
    if (operation === 'DeleteObject' && key === LEASE) {
      bucket.put(LEASE, lease(30_000));
    }
    return undefined;
  };
  await scenario.replay();
  expect(bucket.keys).toEqual([LEASE]);
});

test('a lease that cannot be released expires', async () => {
  bucket.s3.before = ({ operation, key }) => operation === 'DeleteObject' && key === LEASE ? 403 : undefined;
  await scenario.replay();
  expect(accepted()).toEqual(texts);
  expect(bucket.keys).toEqual([LEASE]);
});

test('the own lease is known again when the answer to its writing was lost', async () => {
  let isLost = false;
  bucket.s3.after = ({ key }) => {
    const fault = key === LEASE && !isLost ? 'reset' : undefined;
    isLost = true;
    return fault;
  };
  await scenario.replay();
  expect(bucket.s3.calls.slice(0, 3).map(({ operation }) => operation)).toEqual(['PutObject', 'PutObject', 'GetObject']);
  expectEverythingOnce();
});

test('a conflict with somebody who writes at the same moment is looked into', async () => {
  let conflicts = 0;
  bucket.s3.before = ({ operation, key }) => operation === 'PutObject' && key === LEASE && conflicts++ === 0 ? 409 : undefined;
  await scenario.replay();
  expectEverythingOnce();
});

test('a bucket that does not exist is an error, and no lease of another', async () => {
  bucket.s3.before = () => 404;
  await expect(scenario.replay()).rejects.toThrow(/^s3 at 127\.0\.0\.1:\d+: status 404/);
});

test('a holder that stops in the middle loses nothing', async () => {
  // The process ends with the first deletion: the object was delivered, and is there still.
  bucket.s3.before = async ({ operation }) => operation === 'DeleteObject' ? new Promise(() => undefined) : undefined;
  await expect(scenario.replay({}, 3000)).rejects.toThrow('timeout');
  bucket.s3.before = () => undefined;
  expect(scenario.everywhere.filter((text, index, all) => text !== all[index - 1])).toEqual(texts);
  const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 120_000);
  await scenario.handler()({ action: 'replay' }, { ...lambdaContext(), getRemainingTimeInMillis: () => 20_000 }).finally(() => now.mockRestore());
  expect(bucket.keys).toEqual([]);
  expect(new Set(accepted())).toEqual(new Set(texts));
});
