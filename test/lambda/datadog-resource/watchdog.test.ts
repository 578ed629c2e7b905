// SPDX-License-Identifier: Apache-2.0
import { StackResource } from './cloudformation';
import { monitor } from './definitions';
import { API_KEY, APPLICATION_KEY, World } from './world';
import { datadogResource } from '../../../lambda/datadog-resource/datadog-resource';
import type { HttpRequest } from '../../../lambda/shared/transport/exchange';
import { HttpClient } from '../../../lambda/shared/transport/http-client';

const ENVIRONMENT = { DD_API_KEY: API_KEY, DD_APP_KEY: APPLICATION_KEY, DD_API_URL: 'http://127.0.0.1:9' };

let world: World;
const told: { [member: string]: unknown }[] = [];
const printed: string[] = [];
beforeEach(async () => {
  world = await World.start();
  told.length = 0;
  printed.length = 0;
});
afterEach(async () => {
  jest.restoreAllMocks();
  await world.stop();
});

/** One create request, with Datadog behaving in a way that the HTTP client promises never to let through. */
async function create(behave: () => Promise<never>): Promise<void> {
  jest.spyOn(HttpClient.prototype, 'send').mockImplementation(async ({ method, body }: HttpRequest) => {
    if (method !== 'PUT') {
      return behave();
    }
    told.push(JSON.parse(body.toString()));
    return { status: 200, headers: {}, body: Buffer.alloc(0), complete: true };
  });
  const end = performance.now() + 3000;
  const handler = datadogResource(ENVIRONMENT, (line) => printed.push(line));
  await handler(new StackResource(world).event('Create', monitor('x')), { getRemainingTimeInMillis: () => end - performance.now() });
  expect(performance.now()).toBeLessThan(end);
}

test('work that never ends is answered in time, and may have left something', async () => {
  await create(() => new Promise<never>(() => undefined));
  expect(told).toEqual([expect.objectContaining({
    Status: 'FAILED', Reason: 'The function ran out of time', PhysicalResourceId: expect.stringMatching(/^perhaps-created\/[0-9a-f]{16}$/),
  })]);
});

test('a fault of the handler is answered, without its text', async () => {
  await create(async () => { throw new TypeError('Confidential is not a function'); });
  expect(told).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: 'A fault of the handler, TypeError; its log says where' })]);
  expect(JSON.parse(printed[0]).failure).toMatch(/^TypeError at .*watchdog\.test/);
  expect(printed[0]).not.toContain('Confidential');
});
