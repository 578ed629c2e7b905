// SPDX-License-Identifier: Apache-2.0
import http from 'node:http';
import https from 'node:https';
import { AddressInfo, connect, Server } from 'node:net';
import { TunnelAgent } from '../../../lambda/shared/transport/tunnel-agent';

/** TLS without certificates, so that no key has to lie in the repository. */
const ANONYMOUS = { ciphers: 'AECDH-AES256-SHA:@SECLEVEL=0', maxVersion: 'TLSv1.2', rejectUnauthorized: false } as const;

const seen: string[] = [];
let proxy: http.Server;
let origin: https.Server;
const port = (server: Server) => (server.address() as AddressInfo).port;

beforeEach(async () => {
  seen.length = 0;
  origin = https.createServer(ANONYMOUS, (request, response) => { request.pipe(response); });
  proxy = http.createServer().on('connect', ({ url, headers }, socket) => {
    seen.push(`${url} ${headers['proxy-authorization']}`);
    const target = connect(port(origin), '127.0.0.1', () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'));
    socket.pipe(target).pipe(socket);
    [socket, target].forEach((end) => end.on('error', () => undefined));
  });
  for (const server of [origin, proxy]) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  }
});
afterEach(async () => {
  origin.closeAllConnections();
  proxy.closeAllConnections();
  await Promise.all([origin, proxy].map((server) => new Promise((resolve) => server.close(resolve))));
});

async function post(agent: https.Agent, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = https.request('https://intake.example/path', { method: 'POST', agent }, (response) => {
      let text = '';
      response.on('data', (chunk) => { text += chunk; });
      response.on('end', () => resolve(text));
    });
    request.on('error', reject).end(body);
  });
}

test('requests share one tunnel, to the host that they are for, with the credentials of the proxy', async () => {
  const agent = new TunnelAgent(new URL(`http://user:p%40ss@127.0.0.1:${port(proxy)}`), {
    ...ANONYMOUS, keepAlive: true, checkServerIdentity: () => undefined,
  });
  expect(await post(agent, 'first')).toBe('first');
  expect(await post(agent, 'second')).toBe('second');
  expect(seen).toEqual([`intake.example:443 Basic ${Buffer.from('user:p@ss').toString('base64')}`]);
  agent.destroy();
});

test('a certificate that is not valid is refused, as without a proxy', async () => {
  const agent = new TunnelAgent(new URL(`http://127.0.0.1:${port(proxy)}`), { ...ANONYMOUS, rejectUnauthorized: true });
  await expect(post(agent, 'x')).rejects.toThrow();
});
