// SPDX-License-Identifier: Apache-2.0
import { Scenario } from './scenario';
import { lambdaContext, subscriptionEvent } from './subscription';
import { MessageRuleDefinitions } from '../../../lambda/log-forwarder/rules/message-rules';

let scenario: Scenario;
beforeEach(async () => { scenario = await Scenario.start(); });
afterEach(async () => scenario.stop());

/** Takes years for thirty `a` that something else follows. */
const ENDLESS = '(a+)+$';
const HARD = `password ${'a'.repeat(40)}!`;

const IP_ADDRESSES = { pattern: String.raw`\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}`, replacement: 'xxx.xxx.xxx.xxx' };
const EMAIL_ADDRESSES = { pattern: String.raw`[a-zA-Z0-9_.+-]+@[a-zA-Z0-9-]+\.[a-zA-Z0-9-.]+`, replacement: 'xxxxx@xxxxx.com' };

async function forward(rules: MessageRuleDefinitions, texts: readonly string[], overrides = {}, remainingMs = 20_000): Promise<string[]> {
  await scenario.handler({}, undefined, rules)(subscriptionEvent(texts, overrides), lambdaContext(remainingMs));
  return scenario.intake.accepted.map(({ message }) => message);
}

describe('filters', () => {
  test.each<[string, MessageRuleDefinitions, string[]]>([
    ['include', { include: [{ pattern: 'ERROR' }] }, ['ERROR a', 'ERROR health']],
    ['one of two includes', { include: [{ pattern: 'ERROR' }, { pattern: '^warn' }] }, ['ERROR a', 'warn b', 'ERROR health']],
    ['include, whatever the case', { include: [{ pattern: 'WARN|error', ignoreCase: true }] }, ['ERROR a', 'warn b', 'ERROR health']],
    ['exclude', { exclude: [{ pattern: 'health' }] }, ['ERROR a', 'warn b', 'info c']],
    ['exclude beats include', { include: [{ pattern: 'ERROR' }], exclude: [{ pattern: 'health' }] }, ['ERROR a']],
  ])('%s', async (_, rules, expected) => {
    expect(await forward(rules, ['ERROR a', 'warn b', 'info c', 'ERROR health', 'GET /health'])).toEqual(expected);
    expect(scenario.counts).toMatchObject({ ReceivedLogs: 5, FilteredLogs: 5 - expected.length, ForwardedLogs: expected.length, FailedLogs: 0 });
  });

  test('see the message as it came: with its tags, and not scrubbed', async () => {
    const rules = { include: [{ pattern: 'team:shop' }, { pattern: 'bob' }], scrub: [{ pattern: 'bob', replacement: 'x' }] };
    expect(await forward(rules, ['{"a":1,"ddtags":"team:shop"}', 'bob', 'alice'])).toEqual(['{"a":1}', 'x']);
  });

  test('nothing is sent, and nothing fails, where nothing passes', async () => {
    expect(await forward({ include: [{ pattern: 'never' }] }, ['a', 'b'])).toEqual([]);
    expect(scenario.intake.requests).toHaveLength(0);
  });

  test('one that comes to no end keeps its message', async () => {
    expect(await forward({ exclude: [{ pattern: ENDLESS }] }, ['before', HARD, 'aaa'])).toEqual(['before', HARD]);
    expect(scenario.counts).toMatchObject({ FilteredLogs: 1, ScrubbingFailures: 0 });
  });

  test('a filtered error log is no error log', async () => {
    await forward({ exclude: [{ pattern: 'known' }] }, ['ERROR known', 'ERROR new']);
    expect(scenario.printed).toContainEqual(expect.objectContaining({ ErrorLogs: 1 }));
  });
});

describe('scrubbing', () => {
  test('several rules, in their order, every match, each message on its own', async () => {
    const scrub = [IP_ADDRESSES, EMAIL_ADDRESSES, { pattern: '(password)=.*', replacement: '$1=?' }, { pattern: 'SECRET', ignoreCase: true, replacement: '' }];
    expect(await forward({ scrub }, ['from 10.1.2.3 to 10.1.2.4\nbob@x.com', 'password=a\nnext', 'last secret Secret.'])).toEqual([
      'from xxx.xxx.xxx.xxx to xxx.xxx.xxx.xxx\nxxxxx@xxxxx.com', 'password=?\nnext', 'last  .',
    ]);
  });

  test('never touches tags, nor anything else around the message', async () => {
    await forward({ scrub: [{ pattern: '[0-9.]+', replacement: 'n' }] }, ['{"x":12,"ddtags":"version:1.2.3.4,team:7"}']);
    expect(scenario.intake.accepted).toMatchObject([{ message: '{"x":n}', id: '39999', timestamp: 1760000000000 }]);
    expect(scenario.intake.accepted[0].ddtags).toContain('version:1.2.3.4');
    expect(scenario.intake.accepted[0].ddtags).toContain('team:7');
  });

  test('extracted fields, which are parts of the message, do not go out beside the scrubbed one', async () => {
    const logEvents = [{ id: '1', timestamp: 1, message: 'user bob', extractedFields: { user: 'bob' } }];
    await forward({ scrub: [{ pattern: 'bob', replacement: 'x' }] }, [], { logEvents });
    expect(JSON.stringify(scenario.intake.accepted)).not.toContain('bob');
    await forward({ include: [{ pattern: 'bob' }] }, [], { logEvents });
    expect(scenario.intake.accepted[1]).toMatchObject({ extractedFields: { user: 'bob' } });
  });

  test('is done before a log is cut, or half a secret would remain', async () => {
    const [sent] = await forward({ scrub: [{ pattern: 's{1000}', replacement: 'x' }] }, [`${'a'.repeat(999_000)}${'s'.repeat(1000)}`]);
    expect(sent).not.toContain('s'.repeat(10));
  });

  test('a rule that comes to no end lets no text out, and its neighbours pass', async () => {
    const rules = { scrub: [IP_ADDRESSES, { pattern: ENDLESS, replacement: '' }] };
    expect(await forward(rules, ['before', HARD, HARD, 'after'])).toEqual([
      'before', '[text removed: scrubbing rule 2 took too long]', '[text removed: scrubbing rule 2 took too long]', 'after',
    ]);
    expect(scenario.counts).toMatchObject({ ForwardedLogs: 4, ScrubbingFailures: 2, FailedLogs: 0 });
    expect(JSON.stringify(scenario.printed)).not.toContain('password');
  });

  test('a thousand hard messages do not use up the invocation, and not one goes out unscrubbed', async () => {
    const context = lambdaContext(8000);
    await scenario.handler({}, undefined, { scrub: [{ pattern: ENDLESS, replacement: '' }] })(subscriptionEvent(Array(1000).fill(HARD)), context);
    expect(context.getRemainingTimeInMillis()).toBeGreaterThan(3000);
    expect(scenario.intake.accepted).toHaveLength(1000);
    expect(new Set(scenario.intake.accepted.map(({ message }) => message))).toEqual(new Set([
      '[text removed: scrubbing rule 1 took too long]', '[text removed: scrubbing took too long]',
    ]));
  });
});

test('an expression that this Node.js does not know fails the invocation before anything is sent', async () => {
  await expect(forward({ scrub: [{ pattern: '(', replacement: '' }] }, ['a'])).rejects.toThrow(/^message-rules\.json holds no regular expression of Node\.js/);
  expect(scenario.intake.requests).toHaveLength(0);
  expect(scenario.counts).toMatchObject({ FailedLogs: 1 });
});
