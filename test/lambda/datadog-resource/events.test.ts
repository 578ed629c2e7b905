// SPDX-License-Identifier: Apache-2.0
import { createServer, request } from 'node:http';
import { AddressInfo } from 'node:net';
import { StackResource } from './cloudformation';
import { downtime, monitor, slo } from './definitions';
import { leaks } from './leaks';
import { rateLimited } from './rows/row';
import { API_KEY, APPLICATION_KEY, World } from './world';

let world: World;
afterEach(async () => {
  expect(leaks(world)).toEqual([]);
  await world.stop();
});

describe('with everything well', () => {
  beforeEach(async () => { world = await World.start(); });

  test.each([
    [monitor('x'), { Id: '1001', Url: 'https://app.datadoghq.eu/monitors/1001' }],
    [slo('x'), { Id: '0'.repeat(31) + '1', Url: `https://app.datadoghq.eu/slo?slo_id=${'0'.repeat(31)}1` }],
    [downtime('x'), { Id: '00000000-0000-4000-8000-000000000001' }],
  ])('the attributes of a $Kind', async (properties, data) => {
    const told = await new StackResource(world).create(properties);
    expect(told).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: data.Id, Data: data });
  });

  test('a definition arrives as it is, with the marks', async () => {
    await new StackResource(world).create(monitor('x', { options: { new_option: [1, { a: null }] } }));
    const sent = JSON.parse(world.datadog.requests.find(({ method, path }) => method === 'POST' && path === '/api/v1/monitor')!.body);
    expect(sent).toEqual({
      ...JSON.parse(monitor('x', { options: { new_option: [1, { a: null }] } }).Definition),
      tags: ['team:shop', expect.stringMatching(/^cloudformation_resource:shop\/highcpu\//), expect.stringMatching(/^cloudformation_request:/)],
    });
  });

  test('a change keeps the marks, but not that of a resource that is now kept on delete', async () => {
    const resource = new StackResource(world);
    await resource.create(monitor('v1'));
    const tags = () => world.datadog.monitors.live.get('1001')!.tags;
    const [own, resourceMark, requestMark] = tags();
    await resource.update(monitor('v2'));
    expect(tags()).toEqual([own, resourceMark, requestMark]);
    await resource.update(monitor('v3', {}, { OnDelete: 'keep' }));
    expect(tags()).toEqual([own, requestMark]);
  });

  test('an adopted object gets no marks; when it is adopted no longer, it does', async () => {
    await new StackResource(world, 'Other').create(monitor('theirs'));
    const resource = new StackResource(world);
    await resource.create(monitor('v1', {}, { AdoptId: '1001', OnDelete: 'keep' }));
    expect(world.datadog.monitors.live.get('1001')!.tags).toEqual(['team:shop']);
    await resource.update(monitor('v2', {}, { AdoptId: '1001', OnDelete: 'keep' }));
    expect(world.datadog.monitors.live.get('1001')!.tags).toEqual(['team:shop']);
    await resource.update(monitor('v3'));
    expect(world.datadog.monitors.live.get('1001')!.tags).toHaveLength(3);
  });

  test('the log line says that an object is left which another resource has adopted', async () => {
    const resource = new StackResource(world);
    await resource.create(monitor('v1'));
    await new StackResource(world, 'Renamed').create(monitor('v2', {}, { AdoptId: '1001', OnDelete: 'keep' }));
    await resource.delete();
    expect(JSON.parse(world.lambda.printed.trim().split('\n').at(-1)!)).toMatchObject({ status: 'SUCCESS', note: expect.stringMatching(/^Left in Datadog: /) });
  });

  test('keys are read once for many requests, with one signature of the function\'s own', async () => {
    const resource = new StackResource(world);
    await resource.create(monitor('v1'));
    await resource.update(monitor('v2'));
    await resource.delete();
    expect(world.aws.calls).toHaveLength(2);
  });

  test('a create request needs three requests to Datadog, an update five, a delete two', async () => {
    const resource = new StackResource(world);
    await resource.create(monitor('v1'));
    await resource.update(monitor('v2'));
    await resource.delete();
    expect(world.datadog.requests.map(({ method, path }) => `${method} ${path.split('?')[0]}`)).toEqual([
      'GET /api/v1/monitor', 'POST /api/v1/monitor/validate', 'POST /api/v1/monitor',
      // The objects of this resource until a page is empty: one of them may be forgotten.
      'GET /api/v1/monitor', 'GET /api/v1/monitor', 'GET /api/v1/monitor/1001', 'POST /api/v1/monitor/1001/validate', 'PUT /api/v1/monitor/1001',
      'GET /api/v1/monitor/1001', 'DELETE /api/v1/monitor/1001',
    ]);
  });

  test('after a failed creation without a trace, deleting asks nobody', async () => {
    const resource = new StackResource(world);
    await resource.create(monitor('x', {}, { OnDelete: 'sometimes' }));
    await resource.delete();
    expect(world.datadog.requests).toEqual([]);
    expect(world.aws.calls).toEqual([]);
  });

  test.each([
    [{ Kind: 'dashbord' }, '\'Kind\' must be one of monitor, slo, downtime, got: \'dashbord\''],
    [{ Kind: undefined }, '\'Kind\' must be one of monitor, slo, downtime, got: nothing'],
    [{ Definition: '{"name": "Confidential' }, '\'Definition\' must be a JSON object as text'],
    [{ Definition: '[]' }, '\'Definition\' must be a JSON object as text'],
    [{ Definition: undefined }, '\'Definition\' must be a JSON object as text'],
    [{ AdoptId: '' }, '\'AdoptId\' must be the id of an existing object, got: \'\''],
    [{ AdoptId: 'x/../y' }, '\'AdoptId\' must be the id of an existing monitor, got: \'x/../y\''],
    [{ OnDelete: 'sometimes' }, '\'OnDelete\' must be \'delete\' or \'keep\', got: \'sometimes\''],
  ])('%j is named', async (wrong, reason) => {
    const told = await new StackResource(world).create({ ...monitor('x'), ...wrong } as never);
    expect(told).toMatchObject({ Status: 'FAILED', Reason: reason });
    expect(world.datadog.requests).toEqual([]);
  });

  test('a rate limit is waited for as long as Datadog says', async () => {
    world.datadog.fail({ on: /validate$/, times: 1, instead: rateLimited(2) });
    const start = performance.now();
    expect(await new StackResource(world).create(monitor('x'), 10_000)).toMatchObject({ Status: 'SUCCESS' });
    expect(performance.now() - start).toBeGreaterThanOrEqual(2000);
    expect(world.datadog.count(/validate$/)).toBe(2);
  });

  test('a rate limit that ends too late is not waited for', async () => {
    world.datadog.fail({ on: /validate$/, instead: rateLimited(600) });
    expect(await new StackResource(world).create(monitor('x'), 60_000)).toMatchObject({ Status: 'FAILED' });
    expect(world.invocations[0]?.leftMs).toBeGreaterThan(30_000);
    expect(world.datadog.count(/validate$/)).toBe(1);
  });

  test('an answer is put again within the same invocation', async () => {
    world.responses.failures.push(503, 0, 500);
    expect(await new StackResource(world).create(monitor('x'))).toMatchObject({ Status: 'SUCCESS' });
    expect(world.invocations).toEqual([{ leftMs: expect.any(Number) }]);
  });

  test('a request of an unknown type is answered', async () => {
    const event = new StackResource(world).event('Read', monitor('x'));
    expect(await world.deliver(event)).toMatchObject({ Status: 'FAILED', Reason: '\'RequestType\' must be \'Create\', \'Update\' or \'Delete\', got: \'Read\'' });
  });

  test.each([[{}], [{ RequestType: 'Create', ResponseURL: 'nowhere' }]])('%j is no event: the invocation fails', async (event) => {
    await world.deliver(event as never);
    expect(world.invocations[0]?.error).toBe('This is no event of a CloudFormation custom resource: \'ResponseURL\' must be an HTTP address');
  });

  test('what Datadog says of the keys is not said again', async () => {
    world.datadog.fail({ on: /validate$/, instead: { status: 400, body: { errors: [`key ${API_KEY} and ${APPLICATION_KEY}`] } } });
    const told = await new StackResource(world).create(monitor('x'));
    expect(told?.Reason).toBe('Datadog answered 400 to POST /api/v1/monitor/validate: key *** and ***');
  });

  test('a long text of Datadog is cut', async () => {
    world.datadog.fail({ on: /validate$/, instead: { status: 400, body: { errors: ['漢'.repeat(5000)] } } });
    const told = await new StackResource(world).create(monitor('x'));
    expect(told?.Reason).toMatch(/漢… \(cut\)$/);
    expect(Buffer.byteLength(world.responses.texts[0])).toBeLessThanOrEqual(4096);
  });

  test('the log line says what was done, and how long it took', async () => {
    await new StackResource(world).create(monitor('x'));
    expect(JSON.parse(world.lambda.printed)).toEqual({
      status: 'SUCCESS',
      requestType: 'Create',
      kind: 'monitor',
      logicalResourceId: 'HighCpu',
      physicalResourceId: '1001',
      requestId: '51af-HighCpu-1',
      milliseconds: expect.any(Number),
    });
  });
});

test('an address that is none is answered, and nothing has to be deleted', async () => {
  world = await World.start({ DD_API_URL: 'api.example' });
  const resource = new StackResource(world);
  expect(await resource.create(monitor('x'))).toMatchObject({
    Status: 'FAILED', Reason: 'DD_API_URL of the function makes no HTTP address: \'api.example\'',
  });
  expect(await resource.delete()).toMatchObject({ Status: 'SUCCESS' });
  expect(world.lambda.printed).toContain('"note":"Not looked for what the failed creation may have left in Datadog: DD_API_URL of the function makes');
});

test('the key is a parameter', async () => {
  world = await World.start({ DD_APP_KEY_SECRET_ARN: '', DD_APP_KEY_SSM_NAME: '/datadog/app-key' });
  world.aws.parameters.set('/datadog/app-key', APPLICATION_KEY);
  expect(await new StackResource(world).create(monitor('x'))).toMatchObject({ Status: 'SUCCESS' });
});

test('without a source of a key, the answer says which variables name one', async () => {
  world = await World.start({ DD_APP_KEY_SECRET_ARN: '' });
  expect((await new StackResource(world).create(monitor('x')))?.Reason)
    .toBe('No Datadog application key: set DD_APP_KEY_SECRET_ARN or DD_APP_KEY_SSM_NAME (DD_APP_KEY in local runs)');
});

test('Datadog, the keys and the answer go through the proxy', async () => {
  const asked: string[] = [];
  const proxy = createServer((incoming, response) => {
    asked.push(`${incoming.method} ${incoming.url!.split('?')[0]}`);
    incoming.pipe(request(incoming.url!, { method: incoming.method, headers: incoming.headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    }));
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  world = await World.start({ HTTP_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` });
  expect(await new StackResource(world).create(monitor('x'))).toMatchObject({ Status: 'SUCCESS' });
  proxy.closeAllConnections();
  await new Promise((resolve) => proxy.close(resolve));
  expect(asked).toEqual([
    `POST ${world.aws.url}/`, `POST ${world.aws.url}/`,
    `GET ${world.datadog.url}/api/v1/monitor`, `POST ${world.datadog.url}/api/v1/monitor/validate`, `POST ${world.datadog.url}/api/v1/monitor`,
    `PUT ${world.responses.url.split('?')[0]}`,
  ]);
});
