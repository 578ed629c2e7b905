// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsService, objectUrl, serviceEndpoint } from './endpoint';
import { escapeSegment, signedHeaders } from './signature';
import { HttpResponse } from '../transport/exchange';
import { TransportError } from '../transport/failure';
import { HttpClient } from '../transport/http-client';
import { backoffMs } from '../transport/retry';

const LONGEST_ATTEMPT_MS = 5000;
/** A refusal may be over in a moment, where a role or a key has just been made or changed; one that lasts must not cost a whole invocation. */
const MAX_REFUSED_READS = 5;

interface Call {
  readonly service: AwsService;
  readonly region: string;
  readonly method: string;
  readonly url: URL;
  readonly headers: { readonly [name: string]: string };
  readonly body: Buffer;
  readonly leftMs: () => number;
  /** Answers that will not change by themselves, such as a denial, after which it is over. */
  readonly maxRefusals: number;
}

/** The few calls of AWS that the handlers make, through the HTTP client that they use for Datadog too, so that a proxy holds for both. */
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

  /** Encryption is left to the bucket's default. */
  async putObject(bucket: string, key: string, body: Buffer, leftMs: () => number): Promise<void> {
    const region = ownRegion();
    const url = objectUrl(bucket, key.split('/').map(escapeSegment).join('/'), region);
    await this.call({ service: 's3', region, method: 'PUT', url, headers: { 'content-type': 'application/gzip' }, body, leftMs, maxRefusals: 1 });
  }

  private async json(
    service: AwsService, target: string, id: string, input: object, leftMs: () => number,
  ): Promise<{ [name: string]: unknown }> {
    // A secret or parameter given by its ARN may live in another region.
    const region = /^arn:[^:]+:[^:]+:([^:]+):/.exec(id)?.[1] ?? ownRegion();
    const response = await this.call({
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

  /** Repeats what may succeed later, as long as there is time; throws with the service's error code then. */
  private async call(call: Call): Promise<HttpResponse> {
    let failure = 'out of time';
    let refusals = 0;
    for (let attempt = 1; call.leftMs() > 0; attempt++) {
      const answer = await this.attempt(call, Math.min(LONGEST_ATTEMPT_MS, Math.max(call.leftMs() / 2, 50)));
      if (answer instanceof TransportError) {
        failure = answer.reason;
      } else if (answer.status < 300 && answer.complete) {
        return answer;
      } else {
        failure = `status ${answer.status}${errorCode(answer.body)}`;
        refusals += isRefusal(answer, failure) ? 1 : 0;
        if (refusals === call.maxRefusals) {
          break;
        }
      }
      await sleep(Math.min(call.leftMs(), backoffMs(attempt)));
    }
    throw new Error(`${call.service} at ${call.url.host}: ${failure}`);
  }

  private async attempt(call: Call, limitMs: number): Promise<HttpResponse | TransportError> {
    // Signed anew each time: a signature is good for some minutes only, and a frozen environment can sleep longer.
    const headers = signedHeaders(call, call.service, call.region, environmentCredentials());
    return this.http.send({ ...call, headers, limitMs }).catch((error: unknown) => {
      if (error instanceof TransportError) {
        return error;
      }
      throw error;
    });
  }
}

function isRefusal({ status, complete }: HttpResponse, failure: string): boolean {
  return complete && status < 500 && status !== 429 && !/throttl|TooManyRequests|RequestTimeout/i.test(failure);
}

/** The error's name, as JSON services (`__type`) and S3 (`<Code>`) give it. */
function errorCode(body: Buffer): string {
  const code = /"__type"\s*:\s*"(?:[^"#]*#)?(\w+)"|<Code>(\w+)<\/Code>/.exec(body.subarray(0, 2000).toString('utf8'));
  return code ? ` ${code[1] ?? code[2]}` : '';
}

function ownRegion(): string {
  return process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? 'us-east-1';
}

function environmentCredentials() {
  return {
    accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? '',
    sessionToken: process.env.AWS_SESSION_TOKEN,
  };
}
