// SPDX-License-Identifier: Apache-2.0
import { AddressInfo, createServer, Server, Socket } from 'node:net';
import { messages, Scenario } from './scenario';
import { lambdaContext, subscriptionEvent } from './subscription';
import { TransportError } from '../../../lambda/shared/transport/failure';
import { HttpClient } from '../../../lambda/shared/transport/http-client';
import { ProxySettings } from '../../../lambda/shared/transport/proxy-settings';

/** Servers that leave whoever asks them alone with the question. */
let server: Server;
let open: Set<Socket>;
let address: string;
let behave: (socket: Socket) => void;
beforeEach(async () => {
  open = new Set();
  behave = () => undefined;
  server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => undefined);
    behave(socket);
    socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  open.forEach((socket) => socket.destroy());
  await new Promise((resolve) => server.close(resolve));
});

async function send(url: string, proxies: ProxySettings = {}): Promise<unknown> {
  const request = { method: 'POST', url: new URL(url), headers: {}, body: Buffer.from('x'), limitMs: 1500 };
  return new HttpClient(proxies, 8).send(request).catch((error: unknown) => error);
}

const say = (text: string) => (socket: Socket) => { socket.write(text); };

test.each<[string, (socket: Socket) => void, string]>([
  ['a server that says nothing', () => undefined, 'timeout'],
  ['a switch of protocols', say('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'), 'status 101'],
  ['a switch to no protocol', say('HTTP/1.1 101 Switching Protocols\r\n\r\n'), 'status 101'],
  ['half of a head', say('HTTP/1.1 202 Acc'), 'timeout'],
  ['hints without an end', (socket) => {
    const timer = setInterval(say('HTTP/1.1 103 Early Hints\r\n\r\n'), 20, socket);
    socket.on('close', () => clearInterval(timer));
  }, 'timeout'],
])('%s ends at the limit', async (_, misbehave, reason) => {
  behave = misbehave;
  const error = await send(`http://${address}/`);
  expect(error).toBeInstanceOf(TransportError);
  expect((error as TransportError).reason).toBe(reason);
});

test.each<[string, (socket: Socket) => void, string]>([
  ['says nothing', () => undefined, 'timeout'],
  ['refuses', say('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n'), 'proxy status 407'],
  ['hangs up', (socket) => socket.end(), 'ECONNRESET'],
  ['opens a tunnel to nowhere', say('HTTP/1.1 200 OK\r\n\r\n'), 'timeout'],
  ['talks gibberish', say('hello\r\n\r\n'), 'HPE_INVALID_CONSTANT'],
])('a proxy that %s ends at the limit, and leaves no connection behind', async (_, misbehave, reason) => {
  behave = misbehave;
  const error = await send('https://intake.example/', { https: `http://${address}` });
  expect(error).toBeInstanceOf(TransportError);
  expect((error as TransportError).reason).toBe(reason);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(open.size).toBe(0);
});

describe('one invocation', () => {
  let scenario: Scenario;
  beforeEach(async () => { scenario = await Scenario.start(); });
  afterEach(async () => { await scenario.stop(); });

  /** The outcome, which must be there before Lambda ends the invocation. */
  async function invoke(environment: { [name: string]: string | undefined }): Promise<Error | undefined> {
    const context = lambdaContext(6000);
    const handler = scenario.handler(environment);
    const error = await handler(subscriptionEvent(messages(2)), context).catch((failure: Error) => failure);
    expect(context.getRemainingTimeInMillis()).toBeGreaterThan(0);
    return error as Error | undefined;
  }

  test('an intake behind a silent proxy ends in the bucket', async () => {
    expect(await invoke({ DD_LOGS_INTAKE_URL: 'https://intake.example/', HTTPS_PROXY: `http://${address}` })).toBeUndefined();
    expect(scenario.aws.storedLogs).toHaveLength(2);
  });

  test('an intake that wants to switch protocols ends in the bucket', async () => {
    behave = say('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n');
    expect(await invoke({ DD_LOGS_INTAKE_URL: `http://${address}/` })).toBeUndefined();
    expect(scenario.aws.storedLogs).toHaveLength(2);
  });

  test('a secret behind a silent proxy ends in the bucket', async () => {
    process.env.AWS_ENDPOINT_URL_SSM = 'https://ssm.example/';
    expect(await invoke({ DD_API_KEY: undefined, DD_API_KEY_SSM_NAME: '/key', HTTPS_PROXY: `http://${address}` })).toBeUndefined();
    delete process.env.AWS_ENDPOINT_URL_SSM;
    expect(scenario.aws.storedLogs).toHaveLength(2);
    expect(scenario.counts).toMatchObject({ UndeliveredLogs: 2, UndeliveredReasons: ['Could not read the parameter of DD_API_KEY_SSM_NAME: ssm at ssm.example: timeout'] });
  });

  test('a bucket behind a silent proxy as well fails in time', async () => {
    process.env.AWS_ENDPOINT_URL_S3 = 'https://s3.example/';
    const error = await invoke({ DD_LOGS_INTAKE_URL: 'https://intake.example/', HTTPS_PROXY: `http://${address}` });
    delete process.env.AWS_ENDPOINT_URL_S3;
    expect(error?.message).toBe('2 logs were neither delivered nor stored: timeout, then s3 at s3.example: timeout');
    expect(scenario.counts).toMatchObject({ ReceivedLogs: 2, ForwardedLogs: 0, UndeliveredLogs: 0, FailedLogs: 2 });
  });
});
