// SPDX-License-Identifier: Apache-2.0
import { AwsError } from '../../../lambda/shared/aws/aws-call';
import { S3Bucket } from '../../../lambda/shared/aws/s3-bucket';
import { HttpClient } from '../../../lambda/shared/transport/http-client';
import { FakeAws } from '../../emulators/aws';

let aws: FakeAws;
let bucket: S3Bucket;
beforeEach(async () => {
  aws = await new FakeAws().start();
  process.env.AWS_ENDPOINT_URL_S3 = aws.url;
  bucket = new S3Bucket(new HttpClient({}, 4), 'bucket');
});
afterEach(async () => {
  delete process.env.AWS_ENDPOINT_URL_S3;
  await aws.stop();
});

const leftMs = () => 5000;
const contentType = 'text/plain';
const body = Buffer.from('body');
const other = Buffer.from('other');

test.each(['a/b c+d.json.gz', 'ü/🚀', '(a)\'*!', 'a=b&c?d#e', '%2F'])('an object named %s is written, listed, read and deleted', async (key) => {
  const etag = await bucket.put(key, body, { contentType, metadata: { reason: 'status 400' } }, leftMs);
  expect(await bucket.get(key, leftMs)).toEqual({ body, etag, metadata: { reason: 'status 400' } });
  expect((await bucket.list('', undefined, leftMs)).objects).toEqual([{ key, lastModified: expect.any(Number) }]);
  await bucket.delete(key, etag!, leftMs);
  expect(await bucket.get(key, leftMs)).toBeUndefined();
});

test('only one of two can make an object', async () => {
  const condition = { absent: true } as const;
  expect(await bucket.put('k', body, { contentType, condition }, leftMs)).toBeDefined();
  expect(await bucket.put('k', other, { contentType, condition }, leftMs)).toBeUndefined();
  expect((await bucket.get('k', leftMs))?.body).toEqual(body);
});

test('only what was read is replaced, or deleted', async () => {
  const etag = await bucket.put('k', body, { contentType }, leftMs);
  const condition = { etag: etag! };
  const newer = await bucket.put('k', other, { contentType, condition }, leftMs);
  expect(newer).toBeDefined();
  expect(await bucket.put('k', body, { contentType, condition }, leftMs)).toBeUndefined();
  await bucket.delete('k', etag!, leftMs);
  expect((await bucket.get('k', leftMs))?.body).toEqual(other);
  await bucket.delete('k', newer!, leftMs);
  await bucket.delete('k', newer!, leftMs);
  expect(await bucket.put('k', body, { contentType, condition }, leftMs)).toBeUndefined();
  expect(aws.s3.objects.size).toBe(0);
});

test('a list is one page, with the way to the next', async () => {
  aws.s3.pageSize = 2;
  const keys = ['p/+', 'p/1', 'p/2', 'p/3', 'q/4'];
  for (const key of keys) {
    await bucket.put(key, body, { contentType }, leftMs);
  }
  const found: string[] = [];
  let continuation: string | undefined;
  do {
    const page = await bucket.list('p/', continuation, leftMs);
    found.push(...page.objects.map(({ key }) => key));
    continuation = page.continuation;
  } while (continuation !== undefined);
  expect(found).toEqual(keys.slice(0, 4));
});

test('a denial is not repeated, and told with its status', async () => {
  aws.s3.before = () => 403;
  const error = await bucket.get('k', leftMs).catch((failure: unknown) => failure);
  expect(error).toBeInstanceOf(AwsError);
  expect(error).toMatchObject({ status: 403, message: expect.stringMatching(/^s3 at 127\.0\.0\.1:\d+: status 403 InjectedFailure$/) });
  expect(aws.calls).toHaveLength(1);
});

test('a bucket that is missing is no object that is there already', async () => {
  aws.s3.before = () => 404;
  await expect(bucket.put('k', body, { contentType, condition: { absent: true } }, leftMs)).rejects.toThrow('status 404');
  await expect(bucket.put('k', body, { contentType }, leftMs)).rejects.toThrow('status 404');
  await expect(bucket.list('', undefined, leftMs)).rejects.toThrow('status 404');
});

test('a call ends with the time that is left', async () => {
  aws.s3.before = async () => new Promise(() => undefined);
  const end = Date.now() + 600;
  await expect(bucket.get('k', () => Math.max(0, end - Date.now()))).rejects.toThrow('timeout');
  expect(Date.now()).toBeLessThan(end + 500);
});
