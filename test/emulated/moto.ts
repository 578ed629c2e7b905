// SPDX-License-Identifier: Apache-2.0
import { gunzipSync } from 'node:zlib';
import { answers, freePort, RunningServer, start } from './servers';

/** S3, Secrets Manager and the parameter store of moto, https://docs.getmoto.org. */
export class Moto {
  static async start(command: string): Promise<Moto> {
    const port = await freePort();
    const server = start(command, ['-H', '127.0.0.1', '-p', String(port)]);
    const url = `http://127.0.0.1:${port}`;
    await answers(url, server);
    return new Moto(url, server);
  }

  private constructor(readonly url: string, private readonly server: RunningServer) {}

  stop(): void {
    this.server.stop();
  }

  async createBucket(name: string): Promise<void> {
    const body = '<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>';
    await this.call('s3', `/${name}`, { method: 'PUT', body });
  }

  async keys(bucket: string): Promise<string[]> {
    const list = await (await this.call('s3', `/${bucket}?list-type=2`, {})).text();
    return [...list.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key]) => key);
  }

  /** The messages of all batches that wait. */
  async waitingMessages(bucket: string): Promise<string[]> {
    const messages: string[] = [];
    for (const key of (await this.keys(bucket)).filter((name) => name.startsWith('undelivered/'))) {
      const body = Buffer.from(await (await this.call('s3', `/${bucket}/${key}`, {})).arrayBuffer());
      messages.push(...JSON.parse(gunzipSync(body).toString()).map(({ message }: { message: string }) => message));
    }
    return messages;
  }

  /** Returns the secret's ARN. */
  async createSecret(name: string, value: string): Promise<string> {
    return (await this.json('secretsmanager', 'secretsmanager.CreateSecret', { Name: name, SecretString: value })).ARN;
  }

  async putParameter(name: string, value: string): Promise<void> {
    await this.json('ssm', 'AmazonSSM.PutParameter', { Name: name, Value: value, Type: 'SecureString' });
  }

  private async json(service: string, target: string, input: object): Promise<{ ARN: string }> {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
    return (await this.call(service, '/', { method: 'POST', headers, body: JSON.stringify(input) })).json() as Promise<{ ARN: string }>;
  }

  /** Moto checks no signature; it reads there which service is meant. */
  private async call(service: string, path: string, request: RequestInit): Promise<Response> {
    const authorization = `AWS4-HMAC-SHA256 Credential=test/20261125/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=none`;
    const response = await fetch(this.url + path, { ...request, headers: { ...request.headers, authorization } });
    if (!response.ok) {
      throw new Error(`${service} ${path}: ${response.status} ${await response.text()}`);
    }
    return response;
  }
}
