// SPDX-License-Identifier: Apache-2.0
import { API_KEY, Scenario } from './scenario';
import { encodeEvent, lambdaContext, subscriptionEvent, TASK_ID } from './subscription';
import { version } from '../../../package.json';

let scenario: Scenario;
beforeEach(async () => { scenario = await Scenario.start(); });
afterEach(async () => { await scenario.stop(); });

test('one request of the wire format that Datadog\'s own forwarder has', async () => {
  await scenario.forward(['{"level":"info","msg":"hé"}'], { DD_TAGS: 'env:prod,service:payments,version:1.42.7' });

  const [request] = scenario.intake.requests;
  expect(request.path).toBe('/api/v2/logs');
  expect(request.headers).toMatchObject({
    'content-type': 'application/json',
    'content-encoding': 'gzip',
    'dd-api-key': API_KEY,
    'dd-evp-origin': 'aws_forwarder',
    'dd-evp-origin-version': expect.stringMatching(/^\d+\.\d+\.\d+/),
    'dd-storage-tag': 'cloudwatch',
  });
  expect(request.logs).toEqual([{
    id: '39999',
    timestamp: 1760000000000,
    message: '{"level":"info","msg":"hé"}',
    aws: {
      awslogs: { logGroup: '/ecs/prod-payments', logStream: `payments/app/${TASK_ID}`, owner: '123456789012' },
      invoked_function_arn: 'arn:aws:lambda:eu-west-1:123456789012:function:DD-Forwarder',
    },
    ddsourcecategory: 'aws',
    ddtags: 'env:prod,service:payments,version:1.42.7,forwardername:dd-forwarder,forwarder_version:'
      + `${version},container_name:app,ecs_container_name:app,task_id:${TASK_ID},region:eu-west-1,aws_account:123456789012`,
    ddsource: 'ecs',
    host: '/ecs/prod-payments',
    service: 'payments',
  }]);
});

test('the version of the function and extracted fields pass through', async () => {
  const event = subscriptionEvent([], { logEvents: [{ id: '1', timestamp: 5, message: 'x', extractedFields: { status: '200' } }] });
  await scenario.handler()(event, lambdaContext(20_000, { functionVersion: '7' }));
  expect(scenario.intake.accepted[0]).toMatchObject({ extractedFields: { status: '200' }, aws: { function_version: '7' } });
});

test('a Lambda function\'s logs carry its ARN', async () => {
  const event = subscriptionEvent(['x'], { logGroup: '/aws/lambda/My-Fn', logStream: '2026/11/25/[$LATEST]0f3b9c7a1e2d4c5b8a9f001122334455' });
  await scenario.handler()(event, lambdaContext());
  expect(scenario.intake.accepted[0]).toMatchObject({
    ddsource: 'lambda', service: 'lambda', lambda: { arn: 'arn:aws:lambda:eu-west-1:123456789012:function:my-fn' },
  });
});

test('a control message does nothing and succeeds, even where no key can be read', async () => {
  await scenario.handler({ DD_API_KEY: undefined })(encodeEvent({ messageType: 'CONTROL_MESSAGE', logEvents: [] }), lambdaContext());
  expect(scenario.intake.requests).toHaveLength(0);
  expect(scenario.printed).toHaveLength(0);
});

test.each([
  ['no base64 of gzip', { awslogs: { data: 'secret text' } }],
  ['no JSON', encodeEvent('secret text {')],
  ['null', encodeEvent('null')],
  ['an unknown type', encodeEvent({ messageType: 'secret text', logEvents: [] })],
  ['logs without a message', subscriptionEvent([], { logEvents: [{ id: 'secret text' }] })],
  ['another event', { Records: [] }],
])('a corrupt event (%s) throws, ships nothing and quotes nothing', async (_, event) => {
  const failure = await scenario.handler()(event as never, lambdaContext()).catch((error: Error) => error);
  expect(failure).toBeInstanceOf(Error);
  expect(`${(failure as Error).stack} ${JSON.stringify((failure as Error).cause)}`).not.toContain('secret text');
  expect(scenario.intake.requests).toHaveLength(0);
});

test('an event without logs asks nothing of the intake', async () => {
  await scenario.forward([]);
  expect(scenario.intake.requests).toHaveLength(0);
  expect(scenario.counts).toMatchObject({ ReceivedLogs: 0, ForwardedLogs: 0 });
});
