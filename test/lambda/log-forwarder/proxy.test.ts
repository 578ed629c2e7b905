// SPDX-License-Identifier: Apache-2.0
import { createServer, request, Server } from 'node:http';
import { AddressInfo, connect } from 'node:net';
import { API_KEY, Scenario } from './scenario';
import { proxyFor } from '../../../lambda/shared/transport/proxy-route';

test.each([
  ['https://a.example/', { https: 'http://p:1' }, 'http://p:1/'],
  ['http://a.example/', { https: 'http://p:1' }, undefined],
  ['http://a.example/', { http: 'p:1' }, 'http://p:1/'],
  ['https://a.example/', { https: 'http://p:1', noProxy: 'b.example, a.example' }, undefined],
  ['https://x.a.example/', { https: 'http://p:1', noProxy: '.A.example' }, undefined],
  ['https://x.a.example/', { https: 'http://p:1', noProxy: 'a.example' }, undefined],
  ['https://x.a.example/', { https: 'http://p:1', noProxy: '*.a.example' }, undefined],
  ['https://xa.example/', { https: 'http://p:1', noProxy: 'a.example' }, 'http://p:1/'],
  ['https://a.example/', { https: 'http://p:1', noProxy: 'a.example:8443' }, 'http://p:1/'],
  ['https://a.example:8443/', { https: 'http://p:1', noProxy: 'a.example:8443' }, undefined],
  ['https://a.example/', { https: 'http://p:1', noProxy: '*' }, undefined],
  ['https://[::1]/', { https: 'http://p:1', noProxy: '::1' }, undefined],
  ['https://10.0.0.1/', { https: 'http://p:1', noProxy: '10.0.0.1' }, undefined],
])('%s with %j goes through %s', (url, settings, expected) => {
  expect(proxyFor(new URL(url), settings)?.href).toBe(expected);
});

describe('through a proxy', () => {
  let scenario: Scenario;
  let proxy: Server;
  const seen: string[] = [];
  let port: number;

  beforeEach(async () => {
    scenario = await Scenario.start();
    seen.length = 0;
    proxy = createServer((incoming, response) => {
      seen.push(`${incoming.method} ${incoming.url} ${incoming.headers['proxy-authorization']}`);
      const { method, headers } = incoming;
      incoming.pipe(request(incoming.url!, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(response);
      }));
    });
    proxy.on('connect', (incoming, socket) => {
      seen.push(`CONNECT ${incoming.url} ${incoming.headers['proxy-authorization']}`);
      // There is no TLS server behind it: what counts is who was asked for.
      const target = connect(scenario.aws.port, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
      socket.pipe(target).pipe(socket);
      socket.on('error', () => target.destroy());
      target.on('error', () => socket.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    port = (proxy.address() as AddressInfo).port;
  });
  afterEach(async () => {
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
    await scenario.stop();
  });

  test('logs and AWS calls alike', async () => {
    scenario.aws.parameters.set('/key', API_KEY);
    await scenario.forward(['x'], { DD_API_KEY: undefined, DD_API_KEY_SSM_NAME: '/key', HTTP_PROXY: `http://user:p%40ss@127.0.0.1:${port}` });
    const credentials = `Basic ${Buffer.from('user:p@ss').toString('base64')}`;
    expect(seen).toEqual([`POST ${scenario.aws.url}/ ${credentials}`, `POST ${scenario.intake.url} ${credentials}`]);
    expect(scenario.intake.accepted).toHaveLength(1);
  });

  test('an HTTPS intake through a tunnel', async () => {
    await scenario.forward(
      ['x'], { DD_LOGS_INTAKE_URL: 'https://intake.example/api/v2/logs', HTTPS_PROXY: `http://user:pass@127.0.0.1:${port}` }, 6000,
    );
    expect(seen[0]).toBe(`CONNECT intake.example:443 Basic ${Buffer.from('user:pass').toString('base64')}`);
    expect(scenario.aws.storedLogs).toHaveLength(1);
  });

  test('except for hosts that are reached directly', async () => {
    await scenario.forward(['x'], { HTTP_PROXY: `http://127.0.0.1:${port}`, NO_PROXY: '127.0.0.1' });
    expect(seen).toEqual([]);
    expect(scenario.intake.accepted).toHaveLength(1);
  });
});
