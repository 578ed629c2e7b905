// SPDX-License-Identifier: Apache-2.0
import { gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { API_KEY, Scenario } from './scenario';
import { encodeEvent, lambdaContext, subscriptionEvent } from './subscription';
import { MAX_BATCH_BYTES, MAX_LOG_BYTES } from '../../../lambda/log-forwarder/batch/batch-writer';
import { truncate, TRUNCATION_MARKER } from '../../../lambda/log-forwarder/message/truncation';
import { reproducible } from '../shared/reproducible';

let scenario: Scenario;
beforeEach(async () => { scenario = await Scenario.start(); });
afterEach(async () => { await scenario.stop(); });

const arrived = () => scenario.intake.accepted.map(({ message }) => message);

test('messages arrive as they are', async () => {
  const messages = [
    '', ' ', 'tab\tnewline\nquote"backslash\\', 'é 漢字 🚀', '\u0000\u001f\u007f\u2028\ufeff', 'null', '{"a":', '{ "a" : 1.10, "a": 2 }',
    '{"dd.trace_id":3172564172058669914,"9":1,"1":2,"x":"\\u00e9<>&"}',
    '{"m":"system.load","v":1,"e":1760000000,"t":["a:b"]}', '{"traces":[[{"trace_id":"1","span_id":"2"}]]}',
    '{"ddtags":"only:mentioned"', '"ddtags"',
  ];
  await scenario.forward(messages);
  expect(arrived()).toEqual(messages);
});

test('ddtags of any type fail nothing', async () => {
  await scenario.forward(['null', '1', 'true', '[]', '[["x"]]', '{}', '"x:y"'].map((value) => `{"ddtags":${value},"a":1}`));
  expect(arrived()).toEqual(Array(7).fill('{"a":1}'));
});

test('a message that is nested deeply, wherever, arrives, and so do its neighbours', async () => {
  const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
  const large = `{"ddtags":${deep(100_000)},"a":1}`;
  const messages = [large, `{"ddtags":"x:y","a":${deep(100_000)}}`, `{"ddtags":${deep(10_000)}}`, deep(400_000), '{"a":'.repeat(50_000), 'plain'];
  await scenario.forward(messages);
  const [first, second, third, ...others] = arrived();
  // What is longer than any list of tags stays.
  expect(first === large).toBe(true);
  expect(second === `{"a":${deep(100_000)}}`).toBe(true);
  expect(third).toBe('{}');
  expect(others).toEqual(messages.slice(3));
});

test('whatever fails in reading a message, it is sent as it is', async () => {
  const { hasOwn } = Object;
  jest.spyOn(Object, 'hasOwn').mockImplementation((object, name) => {
    if (name === 'ddtags') {
      throw new RangeError('Maximum call stack size exceeded');
    }
    return hasOwn(object, name);
  });
  const messages = ['{"ddtags":"a:b","m":1}', 'fine'];
  await scenario.forward(messages).finally(() => jest.restoreAllMocks());
  expect(arrived()).toEqual(messages);
});

test('half a surrogate pair fails nothing', async () => {
  const event = '{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","subscriptionFilters":["f"],"logEvents":['
    + '{"id":"1","timestamp":1,"message":"a\\ud83db"},{"id":"2","timestamp":1,"message":"{\\"ddtags\\":\\"x:\\ud800\\"}"},{"id":"3","timestamp":1,"message":"fine"}]}';
  await scenario.handler()(encodeEvent(event), lambdaContext());
  expect(arrived()).toEqual(['a\ud83db', '{}', 'fine']);
});

test('large logs arrive whole up to the intake\'s limit, longer ones with a marker, and no request is too large', async () => {
  const messages = [
    'a'.repeat(999_000), '"'.repeat(600_000), '漢'.repeat(400_000), '🚀'.repeat(260_000), 'b'.repeat(1_048_576), '\u0001'.repeat(200_000), 'small',
  ];
  await scenario.forward(messages);
  const result = arrived();
  const cut = [1, 2, 3, 4, 5];
  expect(result).toHaveLength(messages.length);
  messages.forEach((message, index) => {
    const log = result.find((text) => text[0] === message[0] && text.codePointAt(0) === message.codePointAt(0))!;
    expect(log === message).toBe(!cut.includes(index));
    if (cut.includes(index)) {
      expect(log.endsWith(TRUNCATION_MARKER)).toBe(true);
      expect(message.startsWith(log.slice(0, -TRUNCATION_MARKER.length))).toBe(true);
    }
  });
  for (const { body } of scenario.intake.requests) {
    expect(gunzipSync(body).length).toBeLessThanOrEqual(MAX_BATCH_BYTES);
  }
  for (const log of scenario.intake.accepted) {
    const bytes = Buffer.byteLength(JSON.stringify(log));
    expect(bytes).toBeLessThanOrEqual(MAX_LOG_BYTES);
    // A cut log uses the room that there is.
    expect(log.message.endsWith(TRUNCATION_MARKER) ? bytes : MAX_LOG_BYTES).toBeGreaterThan(MAX_LOG_BYTES - 10);
  }
  expect(scenario.counts).toMatchObject({ ForwardedLogs: 7, TruncatedLogs: 5 });
});

test('extracted fields that leave no room for their message go', async () => {
  const message = 'm'.repeat(700_000);
  await scenario.handler()(subscriptionEvent([], { logEvents: [{ id: '1', timestamp: 1, message, extractedFields: { m: message } }] }), lambdaContext());
  expect(arrived()[0] === message).toBe(false);
  expect(arrived()[0].length).toBe(message.length + TRUNCATION_MARKER.length);
});

test('extracted fields that cannot be written go', async () => {
  const fields = `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
  await scenario.handler()(encodeEvent('{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","logEvents":['
    + `{"id":"1","message":"odd","extractedFields":${fields}},{"id":"2","message":"fine","extractedFields":{"a":"b"}}]}`), lambdaContext());
  expect(scenario.intake.accepted).toEqual([
    expect.not.objectContaining({ extractedFields: expect.anything() }), expect.objectContaining({ message: 'fine', extractedFields: { a: 'b' } }),
  ]);
});

/** Any messages arrive, unchanged and in order. */
function arriveUnchanged(change: (message: string) => string = (message) => message) {
  const handler = scenario.handler();
  return fc.asyncProperty(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 20 }), async (messages) => {
    scenario.intake.accepted.length = 0;
    scenario.intake.requests.length = 0;
    await handler(subscriptionEvent(messages.map(change)), lambdaContext());
    expect(arrived()).toEqual(messages);
  });
}

test('property: any messages arrive in order', async () => {
  await fc.assert(arriveUnchanged(), { ...reproducible(), numRuns: 1000 });
});

test('the property notices a handler that takes white space away', async () => {
  expect((await fc.check(arriveUnchanged((message) => message.trim()), reproducible())).failed).toBe(true);
});

/** A truncated text fits, wastes nothing, and is a beginning. */
function fitsExactly(cutTo: (text: string, bytes: number) => string) {
  return fc.property(fc.string({ unit: 'binary', minLength: 20, maxLength: 200 }), fc.integer({ min: 20, max: 200 }), (text, bytes) => {
    const size = (part: string) => Buffer.byteLength(JSON.stringify(part));
    const cut = cutTo(text, bytes);
    const kept = cut.slice(0, -TRUNCATION_MARKER.length);
    expect(text.startsWith(kept)).toBe(true);
    expect(size(cut)).toBeLessThanOrEqual(bytes);
    const next = text.codePointAt(kept.length);
    return next === undefined || size(`${kept}${String.fromCodePoint(next)}${TRUNCATION_MARKER}`) > bytes;
  });
}

test('property: a truncated text is the longest beginning that fits', () => {
  fc.assert(fitsExactly(truncate), reproducible());
});

test('the property notices characters counted instead of bytes', () => {
  const naive = (text: string, bytes: number) => text.slice(0, bytes - TRUNCATION_MARKER.length - 2) + TRUNCATION_MARKER;
  expect(fc.check(fitsExactly(naive), reproducible()).failed).toBe(true);
});

test('error logs are counted by service and task family', async () => {
  const handler = scenario.handler({}, { ToDatadog: { service: 'shop', taskFamily: 'shop-task' } });
  await handler(subscriptionEvent(['ERROR a', 'INFO b', '{"level":"fatal"}', '{"level":"error","ddtags":"service:other"}']), lambdaContext());
  const errors = scenario.printed.filter((line) => 'ErrorLogs' in line);
  // Whatever a message calls itself: the alarm is one for the stream's service, and every new name would be a metric to pay for.
  expect(errors).toEqual([
    expect.objectContaining({ FunctionName: 'DD-Forwarder', Service: 'shop', TaskFamily: 'shop-task', ErrorLogs: 3 }),
  ]);
  expect(scenario.intake.accepted[3].service).toBe('other');
  // eslint-disable-next-line no-underscore-dangle
  expect(errors[0]._aws).toEqual({
    Timestamp: expect.any(Number),
    CloudWatchMetrics: [{
      Namespace: 'CdkEcsDatadog/LogForwarder',
      Dimensions: [['FunctionName', 'Service', 'TaskFamily']],
      Metrics: [{ Name: 'ErrorLogs', Unit: 'Count' }],
    }],
  });
  expect(JSON.stringify(scenario.printed)).not.toContain(API_KEY);
});

test('an unknown task family is called so, and no errors are no line', async () => {
  await scenario.forward(['ERROR']);
  await scenario.forward(['fine']);
  expect(scenario.printed.filter((line) => 'ErrorLogs' in line)).toEqual([expect.objectContaining({ Service: 'payments', TaskFamily: 'unknown' })]);
});
