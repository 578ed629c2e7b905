// SPDX-License-Identifier: Apache-2.0
import zlib from 'node:zlib';
import { Bucket } from './bucket';
import { answer } from './fake-intake';
import { messages, Scenario } from './scenario';
import { lambdaContext, subscriptionEvent } from './subscription';

type ZstdLibrary = { zstdCompressSync?: unknown; zstdDecompressSync?: unknown; constants: { ZSTD_c_compressionLevel?: number } };

const library = zlib as unknown as ZstdLibrary;
const own = { compress: library.zstdCompressSync, decompress: library.zstdDecompressSync };
const MAGIC = Buffer.from('28b52ffd', 'hex');

/** Where Node.js has no zstd something else takes its place: what is told apart here is how data says what it is. */
function provideZstd(): void {
  library.zstdCompressSync = own.compress ?? ((data: Buffer) => Buffer.concat([MAGIC, zlib.deflateRawSync(data)]));
  library.zstdDecompressSync = own.decompress ?? ((data: Buffer) => zlib.inflateRawSync(data.subarray(MAGIC.length)));
}

let scenario: Scenario;
beforeEach(async () => {
  provideZstd();
  scenario = await Scenario.start();
});
afterEach(async () => {
  await scenario.stop();
  Object.assign(library, { zstdCompressSync: own.compress, zstdDecompressSync: own.decompress });
});

const everything = messages(2500);
const ZSTD = { DD_COMPRESSION_KIND: 'zstd' };
const encodings = () => scenario.intake.requests.map(({ headers }) => headers['content-encoding']);

test('gzip, unless zstd is wanted', async () => {
  await scenario.forward(everything);
  expect(encodings()).toEqual(['gzip', 'gzip', 'gzip']);
});

test('zstd, where it is wanted', async () => {
  await scenario.forward(everything, ZSTD);
  expect(encodings()).toEqual(['zstd', 'zstd', 'zstd']);
  expect(scenario.intake.requests.every(({ body }) => body.subarray(0, 4).equals(MAGIC))).toBe(true);
  expect(scenario.everywhere).toEqual(everything);
});

test('gzip, where Node.js has no zstd', async () => {
  library.zstdCompressSync = undefined;
  await scenario.forward(everything, ZSTD);
  expect(encodings()).toEqual(['gzip', 'gzip', 'gzip']);
  expect(scenario.everywhere).toEqual(everything);
});

test.each([400, 415])('an intake that answers zstd with %d gets the same logs as gzip, and never zstd again from this environment', async (status) => {
  scenario.intake.behave = ({ headers }, response) => headers['content-encoding'] === 'zstd' ? answer(response, status) : 'accept';
  const handler = scenario.handler(ZSTD);
  await handler(subscriptionEvent(everything), lambdaContext());
  expect(scenario.everywhere).toEqual(everything);
  expect(scenario.counts).toMatchObject({ ForwardedLogs: 2500, UndeliveredLogs: 0, FailedLogs: 0 });

  scenario.intake.requests.length = 0;
  await handler(subscriptionEvent(['again']), lambdaContext());
  expect(encodings()).toEqual(['gzip']);
});

test('a log that the intake refuses as gzip, too, moves into the bucket alone', async () => {
  scenario.intake.behave = ({ logs }, response) => logs.some(({ message }) => message === everything[7]) ? answer(response, 400) : 'accept';
  await scenario.forward(everything, ZSTD);
  expect(scenario.counts).toMatchObject({ ForwardedLogs: 2499, UndeliveredLogs: 1, FailedLogs: 0 });
  expect(scenario.aws.storedLogs).toEqual([expect.objectContaining({ message: everything[7] })]);
});

test('what is too large is halved as zstd', async () => {
  scenario.intake.behave = ({ logs }, response) => logs.length > 600 ? answer(response, 413) : 'accept';
  await scenario.forward(everything, ZSTD);
  expect(scenario.intake.accepted.map(({ message }) => message).sort()).toEqual(everything);
  expect(new Set(encodings())).toEqual(new Set(['zstd']));
});

test('what waits in the bucket is gzip, and the replay sends it so', async () => {
  scenario.intake.behave = (_, response) => answer(response, 404);
  await scenario.forward(everything, ZSTD);
  expect(encodings()).toEqual(['zstd', 'zstd', 'zstd']);
  expect(scenario.aws.storedLogs.map(({ message }) => message).sort()).toEqual(everything);

  scenario.intake.behave = () => 'accept';
  scenario.intake.requests.length = 0;
  await scenario.replay(ZSTD);
  expect(encodings()).toEqual(['gzip', 'gzip', 'gzip']);
  expect(scenario.everywhere).toEqual(everything);
  expect(new Bucket(scenario).keys).toEqual([]);
});
