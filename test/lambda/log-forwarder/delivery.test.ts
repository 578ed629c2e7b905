// SPDX-License-Identifier: Apache-2.0
import { gunzipSync } from 'node:zlib';
import { answer, Behaviour } from './fake-intake';
import { API_KEY, messages, Scenario } from './scenario';
import { lambdaContext, subscriptionEvent } from './subscription';

let scenario: Scenario;
let stdout: jest.SpyInstance;
let stderr: jest.SpyInstance;
beforeEach(async () => {
  stdout = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  scenario = await Scenario.start();
});
afterEach(async () => {
  await scenario.stop();
  const output = JSON.stringify([...stdout.mock.calls, ...stderr.mock.calls, scenario.printed]);
  jest.restoreAllMocks();
  // Whatever went wrong: neither a log's text nor the key is ever printed.
  expect(output).not.toContain('secret text');
  expect(output).not.toContain(API_KEY);
});

/** Misbehaves for the first requests only. */
function atFirst(times: number, misbehave: (...args: Parameters<Behaviour>) => void): Behaviour {
  let left = times;
  return (...args) => left-- > 0 ? misbehave(...args) : 'accept';
}

const everything = messages(2500);

test('2,500 logs go out in batches of 1,000, several at once', async () => {
  const open: (() => void)[] = [];
  scenario.intake.behave = (request, response) => {
    open.push(() => scenario.intake.accept(request, response));
    // Nobody gets an answer before everybody has asked.
    if (open.length === 3) {
      open.forEach((resume) => resume());
    }
  };
  await scenario.forward(everything);
  expect(scenario.intake.requests.map(({ logs }) => logs.length).sort()).toEqual([1000, 1000, 500]);
  expect(scenario.everywhere).toEqual(everything);
  expect(scenario.counts).toMatchObject({ ReceivedLogs: 2500, ForwardedLogs: 2500, UndeliveredLogs: 0, FailedLogs: 0, RetriedRequests: 0 });
});

test.each<[string, (...args: Parameters<Behaviour>) => void]>([
  ['429', (_, response) => answer(response, 429)],
  ['429 that asks for a pause', (_, response) => answer(response, 429, { 'retry-after': '0.2' })],
  ['429 with Datadog\'s own header', (_, response) => answer(response, 429, { 'x-ratelimit-reset': '0' })],
  ['408', (_, response) => answer(response, 408)],
  ['500', (_, response) => answer(response, 500)],
  ['502', (_, response) => answer(response, 502)],
  ['503', (_, response) => answer(response, 503)],
  ['504', (_, response) => answer(response, 504)],
  ['a reset connection', (_, __, socket) => socket.resetAndDestroy()],
  ['half of an answer\'s head', (_, __, socket) => socket.end('HTTP/1.1 202 Acc')],
])('%s is repeated until it works', async (_, misbehave) => {
  scenario.intake.behave = atFirst(2, misbehave);
  await scenario.forward(everything);
  expect(scenario.everywhere).toEqual(everything);
  expect(scenario.counts).toMatchObject({ ForwardedLogs: 2500, RetriedRequests: 2 });
  expect(scenario.aws.objects.size).toBe(0);
});

test('a success whose body breaks off is a success', async () => {
  scenario.intake.behave = atFirst(1, (request, _, socket) => {
    scenario.intake.accepted.push(...request.logs);
    socket.end('HTTP/1.1 202 Accepted\r\ncontent-length: 100\r\n\r\n{');
  });
  await scenario.forward(everything);
  expect(scenario.everywhere).toEqual(everything);
});

test('a refused middle batch is stored, exactly, while the others are delivered', async () => {
  scenario.intake.behave = (request, response) => request.logs[0].message === everything[1000] ? answer(response, 503) : 'accept';
  await scenario.forward(everything, {}, 6000);

  const refused = scenario.intake.requests.find(({ logs }) => logs[0].message === everything[1000])!;
  const [[key, body]] = [...scenario.aws.objects];
  expect(scenario.aws.objects.size).toBe(1);
  expect(body.equals(refused.body)).toBe(true);
  expect(JSON.parse(gunzipSync(body).toString())).toEqual(refused.logs);
  expect(key).toMatch(/^\/undelivered-bucket\/undelivered\/\d{4}\/\d\d\/\d\d\/\d\d\/6b1e0f8a-0000-4000-8000-000000000001-[0-9a-f]{16}\.json\.gz$/);
  expect(scenario.everywhere).toEqual(everything);
  expect(scenario.counts).toMatchObject({ ForwardedLogs: 1500, UndeliveredLogs: 1000, UndeliveredReasons: ['status 503'] });
});

test('a pause that does not fit into the time left is not waited for', async () => {
  scenario.intake.behave = (_, response) => answer(response, 429, { 'retry-after': '60' });
  const start = Date.now();
  await scenario.forward(everything, {}, 20_000);
  // Waiting would take all the time there is for sending.
  expect(Date.now() - start).toBeLessThan(15_000);
  expect(scenario.everywhere).toEqual(everything);
  expect(scenario.counts).toMatchObject({ UndeliveredLogs: 2500, RetriedRequests: 0 });
});

test('an intake that never answers ends in the bucket, in time', async () => {
  scenario.intake.behave = () => undefined;
  const context = lambdaContext(6000);
  await scenario.handler()(subscriptionEvent(everything), context);
  expect(context.getRemainingTimeInMillis()).toBeGreaterThan(0);
  expect(scenario.everywhere).toEqual(everything);
  expect(scenario.counts).toMatchObject({ UndeliveredLogs: 2500, UndeliveredReasons: ['timeout'] });
});

test('nobody listens: everything is stored', async () => {
  await scenario.forward(everything, { DD_LOGS_INTAKE_URL: 'http://127.0.0.1:1/api/v2/logs' }, 6000);
  expect(scenario.everywhere).toEqual(everything);
  expect(scenario.counts).toMatchObject({ UndeliveredReasons: ['ECONNREFUSED'] });
});

test.each([404, 302])('%d is not repeated, but stored', async (status) => {
  scenario.intake.behave = (_, response) => answer(response, status);
  await scenario.forward(everything);
  expect(scenario.intake.requests).toHaveLength(3);
  expect(scenario.everywhere).toEqual(everything);
  expect(scenario.counts).toMatchObject({ ForwardedLogs: 0, UndeliveredLogs: 2500, UndeliveredReasons: [`status ${status}`] });
});

test('a store that fails at first is tried again', async () => {
  scenario.intake.behave = (_, response) => answer(response, 400);
  scenario.aws.failures.set('s3', [503, 500]);
  await scenario.forward(everything);
  expect(scenario.everywhere).toEqual(everything);
});

test('what is neither delivered nor stored fails the invocation, so that Lambda keeps the event', async () => {
  scenario.intake.behave = ({ logs }, response) => logs.length < 1000 ? 'accept' : answer(response, 404);
  scenario.aws.failures.set('s3', [403]);
  await expect(scenario.forward(everything)).rejects.toThrow(
    /^1000 logs were neither delivered nor stored: status 404, then s3 at 127\.0\.0\.1:\d+: status 403 SomeException$/,
  );
  expect(scenario.counts).toMatchObject({ ReceivedLogs: 2500, ForwardedLogs: 500, UndeliveredLogs: 1000, FailedLogs: 1000 });
});

test.each([
  ['HTTPS_PROXY', { DD_LOGS_INTAKE_URL: 'https://intake.example/', HTTPS_PROXY: 'http://no proxy' }, 'Invalid URL'],
])('a setting (%s) with which nothing can be sent ends in the bucket', async (_, environment, reason) => {
  await scenario.forward(everything, environment);
  expect(scenario.everywhere).toEqual(everything);
  expect(scenario.counts).toMatchObject({ UndeliveredLogs: 2500, UndeliveredReasons: [reason] });
});

test('whatever else fails is counted', async () => {
  const handler = scenario.handler({}, { ToDatadog: { tags: 5 as never } });
  await expect(handler(subscriptionEvent(everything), lambdaContext())).rejects.toThrow('not iterable');
  expect(scenario.counts).toMatchObject({ ReceivedLogs: 2500, ForwardedLogs: 0, UndeliveredLogs: 0, FailedLogs: 2500 });
});

test('without a bucket an undelivered batch fails the invocation', async () => {
  scenario.intake.behave = (_, response) => answer(response, 400);
  await expect(scenario.forward(['secret text'], { DD_S3_BUCKET_NAME: undefined })).rejects.toThrow('no bucket is set (DD_S3_BUCKET_NAME)');
});

test('connections outlive an invocation, and one that died meanwhile costs no attempt', async () => {
  const handler = scenario.handler();
  await handler(subscriptionEvent(everything), lambdaContext());
  const connections = scenario.intake.connections;
  await handler(subscriptionEvent(everything), lambdaContext());
  expect(scenario.intake.connections).toBe(connections);

  // As after a freeze: the handler's end learns of it only when it writes.
  scenario.intake.server.closeIdleConnections();
  await handler(subscriptionEvent(everything), lambdaContext());
  scenario.intake.behave = atFirst(3, (_, __, socket) => socket.resetAndDestroy());
  await handler(subscriptionEvent(everything), lambdaContext());

  expect(scenario.intake.accepted).toHaveLength(4 * 2500);
  expect(scenario.printed.map((line) => line.RetriedRequests)).toEqual([0, 0, 0, 0]);
});

test('a connection that was idle for long is not used again', async () => {
  const handler = scenario.handler();
  await handler(subscriptionEvent(['secret text']), lambdaContext());
  const later = Date.now() + 31_000;
  jest.spyOn(Date, 'now').mockImplementation(() => later);
  await handler(subscriptionEvent(['secret text']), lambdaContext());
  expect(scenario.intake.connections).toBe(2);
});

test('at most eight requests are under way at once', async () => {
  const held: (() => void)[] = [];
  let released = false;
  scenario.intake.behave = (request, response) => {
    if (released) {
      return 'accept';
    }
    held.push(() => scenario.intake.accept(request, response));
    if (held.length === 8) {
      setTimeout(() => {
        released = true;
        held.forEach((resume) => resume());
      }, 200);
    }
    return undefined;
  };
  await scenario.forward(messages(12_000));
  expect(held).toHaveLength(8);
  expect(scenario.intake.accepted).toHaveLength(12_000);
});
