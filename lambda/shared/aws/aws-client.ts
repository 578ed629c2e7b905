// SPDX-License-Identifier: Apache-2.0
import { callAws, ownRegion } from './aws-call';
import { AwsService, serviceEndpoint } from './endpoint';
import { HttpClient } from '../transport/http-client';

/** A refusal may be over in a moment, where a role or a key has just been made or changed; one that lasts must not cost a whole invocation. */
const MAX_REFUSED_READS = 5;

/** Where keys are kept, called through the HTTP client that the handlers use for Datadog too, so that a proxy holds for both. */
export class AwsClient {
  constructor(private readonly http: HttpClient) {}

  async getSecretString(secretId: string, leftMs: () => number): Promise<string> {
    const result = await this.json('secretsmanager', 'secretsmanager.GetSecretValue', secretId, { SecretId: secretId }, leftMs);
    return typeof result.SecretString === 'string'
      ? result.SecretString
      : Buffer.from(String(result.SecretBinary ?? ''), 'base64').toString('utf8');
  }

  async getParameter(name: string, leftMs: () => number): Promise<string> {
    const result = await this.json('ssm', 'AmazonSSM.GetParameter', name, { Name: name, WithDecryption: true }, leftMs);
    return String((result.Parameter as { Value?: unknown } | undefined)?.Value ?? '');
  }

  private async json(
    service: AwsService, target: string, id: string, input: object, leftMs: () => number,
  ): Promise<{ [name: string]: unknown }> {
    // A secret or parameter given by its ARN may live in another region.
    const region = /^arn:[^:]+:[^:]+:([^:]+):/.exec(id)?.[1] ?? ownRegion();
    const response = await callAws(this.http, {
      service,
      region,
      method: 'POST',
      url: serviceEndpoint(service, region),
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
      body: Buffer.from(JSON.stringify(input)),
      leftMs,
      maxRefusals: MAX_REFUSED_READS,
    });
    try {
      return JSON.parse(response.body.toString('utf8'));
    } catch {
      // The parser's own error would quote the secret.
      throw new Error(`${target} answered something that is no JSON`);
    }
  }
}
