// SPDX-License-Identifier: Apache-2.0
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { S3Emulator } from './s3';
import { ArrivedLog } from '../lambda/log-forwarder/fake-intake';

/** S3, Secrets Manager and the parameter store in memory, as far as the handlers call them. */
export class FakeAws {
  readonly s3 = new S3Emulator();
  readonly secrets = new Map<string, string>();
  readonly parameters = new Map<string, string>();
  readonly calls: { service: string; authorization: string }[] = [];
  /** Statuses of the next calls of a service; nothing left is success. */
  readonly failures = new Map<string, number[]>();
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => this.receive(request, response));
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** What the bucket holds, by the path of its address. */
  get objects(): Map<string, Buffer> {
    return new Map([...this.s3.objects].map(([path, { body }]) => [`/${path}`, body]));
  }

  /** The logs of all batches that wait, and of those that were moved aside. */
  get storedLogs(): ArrivedLog[] {
    return [...this.objects]
      .filter(([path]) => path.endsWith('.json.gz'))
      .flatMap(([, body]) => JSON.parse(gunzipSync(body).toString()));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private receive(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const target = String(request.headers['x-amz-target'] ?? 's3');
      const service = target.split('.')[0];
      this.calls.push({ service, authorization: request.headers.authorization ?? '' });
      const failure = this.failures.get(service)?.shift();
      if (failure) {
        response.writeHead(failure).end('{"__type":"SomeException","Message":"no"}');
        return;
      }
      const body = Buffer.concat(chunks);
      if (service === 's3') {
        void this.s3.handle(request, body, response);
        return;
      }
      const input = JSON.parse(body.toString());
      const value = service === 'secretsmanager' ? this.secrets.get(input.SecretId) : this.parameters.get(input.Name);
      if (value === undefined) {
        response.writeHead(400).end('{"__type":"com.amazonaws#ResourceNotFoundException"}');
        return;
      }
      response.end(JSON.stringify(service === 'secretsmanager' ? { SecretString: value } : { Parameter: { Value: value } }));
    });
  }
}
