// SPDX-License-Identifier: Apache-2.0
import { answer } from './fake-intake';
import { API_KEY, Scenario } from './scenario';
import { lambdaContext, subscriptionEvent } from './subscription';

const SECRET = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf';
const ROTATED = 'fedcba9876543210fedcba9876543210';

let scenario: Scenario;
beforeEach(async () => { scenario = await Scenario.start(); });
afterEach(async () => { await scenario.stop(); });

test.each([
  ['the whole secret', API_KEY, undefined],
  ['a secret with white space around the key', ` ${API_KEY}\n`, undefined],
  ['JSON with the name that Datadog\'s forwarder reads', JSON.stringify({ DD_API_KEY: API_KEY }), undefined],
  ['JSON with the other usual name', JSON.stringify({ api_key: API_KEY }), undefined],
  ['a field of the secret', JSON.stringify({ 'api-key': API_KEY, 'DD_API_KEY': 'other' }), 'api-key'],
])('the key is %s', async (_, secret, field) => {
  scenario.aws.secrets.set(SECRET, secret);
  await scenario.forward(['x'], { DD_API_KEY: undefined, DD_API_KEY_SECRET_ARN: SECRET, DD_API_KEY_SECRET_FIELD: field });
  expect(scenario.intake.requests[0].headers['dd-api-key']).toBe(API_KEY);
  expect(scenario.aws.calls[0].authorization).toContain('/eu-west-1/secretsmanager/aws4_request');
});

test('the key is a parameter', async () => {
  scenario.aws.parameters.set('/datadog/key', API_KEY);
  await scenario.forward(['x'], { DD_API_KEY: undefined, DD_API_KEY_SSM_NAME: '/datadog/key' });
  expect(scenario.intake.requests[0].headers['dd-api-key']).toBe(API_KEY);
});

test('the key is read once for many invocations', async () => {
  scenario.aws.secrets.set(SECRET, API_KEY);
  const handler = scenario.handler({ DD_API_KEY: undefined, DD_API_KEY_SECRET_ARN: SECRET });
  await handler(subscriptionEvent(['x']), lambdaContext());
  await handler(subscriptionEvent(['y']), lambdaContext());
  expect(scenario.aws.calls).toHaveLength(1);
});

test.each([401, 403])('after %d the key is read again, since it may have been rotated', async (status) => {
  scenario.aws.secrets.set(SECRET, API_KEY);
  const handler = scenario.handler({ DD_API_KEY: undefined, DD_API_KEY_SECRET_ARN: SECRET });
  await handler(subscriptionEvent(['before']), lambdaContext());

  scenario.aws.secrets.set(SECRET, ROTATED);
  scenario.intake.behave = ({ headers }, response) => headers['dd-api-key'] === ROTATED ? 'accept' : answer(response, status);
  await handler(subscriptionEvent(Array<string>(2500).fill('after')), lambdaContext());

  expect(scenario.intake.accepted).toHaveLength(2501);
  expect(scenario.aws.calls).toHaveLength(2);
  expect(scenario.aws.objects.size).toBe(0);
});

test('a key that stays refused is read again once, then everything is stored', async () => {
  scenario.aws.secrets.set(SECRET, API_KEY);
  scenario.intake.behave = (_, response) => answer(response, 403);
  await scenario.forward(Array<string>(2500).fill('x'), { DD_API_KEY: undefined, DD_API_KEY_SECRET_ARN: SECRET });
  expect(scenario.intake.requests).toHaveLength(6);
  expect(scenario.aws.calls.filter(({ service }) => service === 'secretsmanager')).toHaveLength(2);
  expect(scenario.aws.storedLogs).toHaveLength(2500);
});

test('a secret that cannot be read for a moment is asked for again', async () => {
  scenario.aws.secrets.set(SECRET, API_KEY);
  scenario.aws.failures.set('secretsmanager', [500, 503]);
  await scenario.forward(['x'], { DD_API_KEY: undefined, DD_API_KEY_SECRET_ARN: SECRET });
  expect(scenario.intake.accepted).toHaveLength(1);
});

test('a denial that is over in a moment is asked for again', async () => {
  scenario.aws.secrets.set(SECRET, API_KEY);
  scenario.aws.failures.set('secretsmanager', [400, 400]);
  await scenario.forward(['x'], { DD_API_KEY: undefined, DD_API_KEY_SECRET_ARN: SECRET });
  expect(scenario.intake.accepted).toHaveLength(1);
});

test.each([
  ['DD_API_KEY_SECRET_ARN', 'secretsmanager'],
  ['DD_API_KEY_SSM_NAME', 'AmazonSSM'],
])('without the key of %s everything is stored, in time, and the next invocation asks anew', async (variable, service) => {
  scenario.aws.failures.set(service, Array<number>(1000).fill(503));
  const handler = scenario.handler({ DD_API_KEY: undefined, [variable]: SECRET });
  const context = lambdaContext(6000);
  await handler(subscriptionEvent(Array<string>(2500).fill('x')), context);
  expect(context.getRemainingTimeInMillis()).toBeGreaterThan(0);
  expect(scenario.intake.requests).toHaveLength(0);
  expect(scenario.aws.storedLogs).toHaveLength(2500);
  expect(scenario.counts).toMatchObject({
    ReceivedLogs: 2500,
    ForwardedLogs: 0,
    UndeliveredLogs: 2500,
    FailedLogs: 0,
    UndeliveredReasons: [expect.stringMatching(/^Could not read the (secret|parameter) of DD_API_KEY_\w+: (secretsmanager|ssm) at 127\.0\.0\.1:\d+: status 503 SomeException$/)],
  });

  scenario.aws.failures.clear();
  scenario.aws.secrets.set(SECRET, API_KEY);
  scenario.aws.parameters.set(SECRET, API_KEY);
  await handler(subscriptionEvent(['x']), lambdaContext());
  expect(scenario.intake.accepted).toHaveLength(1);
});

test('a lasting denial does not use up the invocation', async () => {
  const start = performance.now();
  await scenario.forward(['x'], { DD_API_KEY: undefined, DD_API_KEY_SECRET_ARN: SECRET }, 120_000);
  expect(performance.now() - start).toBeLessThan(10_000);
  expect(scenario.aws.storedLogs).toHaveLength(1);
  expect(scenario.counts.UndeliveredReasons).toEqual([expect.stringContaining('status 400 ResourceNotFoundException')]);
}, 15_000);

test('without a key and a store the invocation fails, so that Lambda keeps the event, and says how many logs that are', async () => {
  scenario.aws.failures.set('s3', [403]);
  await expect(scenario.forward(['x', 'y'], { DD_API_KEY: undefined }))
    .rejects.toThrow(/^2 logs were neither delivered nor stored: No Datadog API key: .*, then s3 at 127\.0\.0\.1:\d+: status 403 SomeException$/);
  expect(scenario.counts).toMatchObject({ ReceivedLogs: 2, ForwardedLogs: 0, UndeliveredLogs: 0, FailedLogs: 2 });
});

test.each([
  ['no source', {}, 'No Datadog API key'],
  ['an empty secret', { DD_API_KEY_SECRET_ARN: SECRET }, 'no usable Datadog API key in the secret of DD_API_KEY_SECRET_ARN'],
  ['a missing field', { DD_API_KEY_SECRET_ARN: `${SECRET}-json`, DD_API_KEY_SECRET_FIELD: 'nope' }, 'no usable Datadog API key'],
  ['a field of something that is no JSON', { DD_API_KEY_SECRET_ARN: `${SECRET}-text`, DD_API_KEY_SECRET_FIELD: 'x' }, 'is no JSON object'],
])('%s is a clear reason that quotes no secret', async (_, environment, message) => {
  scenario.aws.secrets.set(SECRET, '');
  scenario.aws.secrets.set(`${SECRET}-json`, '{"secret":"hush"}');
  scenario.aws.secrets.set(`${SECRET}-text`, 'hush');
  await scenario.forward(['x'], { DD_API_KEY: undefined, ...environment });
  expect(scenario.counts.UndeliveredReasons).toEqual([expect.stringContaining(message)]);
  expect(JSON.stringify(scenario.printed)).not.toContain('hush');
  expect(scenario.aws.storedLogs).toHaveLength(1);
});
