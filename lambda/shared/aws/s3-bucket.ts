// SPDX-License-Identifier: Apache-2.0
import { AwsError, callAws, ownRegion } from './aws-call';
import { objectUrl } from './endpoint';
import { ObjectPage, parseObjectPage } from './object-page';
import { escapeSegment } from './signature';
import { HttpResponse } from '../transport/exchange';
import { HttpClient } from '../transport/http-client';

export interface S3Object {
  readonly body: Buffer;
  readonly etag: string;
  /** User metadata (`x-amz-meta-…`), by names without that prefix. */
  readonly metadata: { readonly [name: string]: string };
}

/** Either that there is no such object yet, or that it is still the one with this ETag. */
export type Condition = { readonly absent: true } | { readonly etag: string };

export interface PutOptions {
  readonly contentType: string;
  readonly metadata?: { readonly [name: string]: string };
  readonly condition?: Condition;
}

/**
 * One bucket, in the function's own region. Every call rejects with an `AwsError` when it fails, or when `leftMs` says that time is up.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html
 */
export class S3Bucket {
  constructor(private readonly http: HttpClient, private readonly name: string) {}

  /** Encryption is left to the bucket's default. Gives the ETag; `undefined` when the condition does not hold. */
  async put(key: string, body: Buffer, { contentType, metadata = {}, condition }: PutOptions, leftMs: () => number): Promise<string | undefined> {
    const headers: { [name: string]: string } = { 'content-type': contentType, ...conditionHeader(condition) };
    for (const [name, value] of Object.entries(metadata)) {
      headers[`x-amz-meta-${name}`] = value;
    }
    const written = this.call('PUT', this.url(key), { headers, body }, leftMs);
    const response = await unless(condition ? failureOf(condition) : [], written);
    return response && String(response.headers.etag ?? '');
  }

  /** `undefined` when there is no such object. */
  async get(key: string, leftMs: () => number): Promise<S3Object | undefined> {
    const response = await unless([404], this.call('GET', this.url(key), {}, leftMs));
    return response && { body: response.body, etag: String(response.headers.etag ?? ''), metadata: metadataOf(response) };
  }

  /** Only what was read: an object that was replaced meanwhile stays. One that is gone is no failure. */
  async delete(key: string, etag: string, leftMs: () => number): Promise<void> {
    const condition = { etag };
    await unless(failureOf(condition), this.call('DELETE', this.url(key), { headers: conditionHeader(condition) }, leftMs));
  }

  /** One page of the objects whose keys begin with this, in the order of their keys. */
  async list(prefix: string, continuation: string | undefined, leftMs: () => number): Promise<ObjectPage> {
    const parameters = { 'list-type': '2', 'encoding-type': 'url', prefix, ...(continuation ? { 'continuation-token': continuation } : {}) };
    const url = this.url('');
    url.search = Object.entries(parameters).map(([name, value]) => `${name}=${escapeSegment(value)}`).join('&');
    return parseObjectPage((await this.call('GET', url, {}, leftMs)).body.toString('utf8'));
  }

  private url(key: string): URL {
    return objectUrl(this.name, key.split('/').map(escapeSegment).join('/'), ownRegion());
  }

  private async call(
    method: string, url: URL, { headers = {}, body = Buffer.alloc(0) }: { headers?: { [name: string]: string }; body?: Buffer }, leftMs: () => number,
  ): Promise<HttpResponse> {
    return callAws(this.http, { service: 's3', region: ownRegion(), method, url, headers, body, leftMs, maxRefusals: 1 });
  }
}

function conditionHeader(condition: Condition | undefined): { [name: string]: string } {
  if (!condition) {
    return {};
  }
  return 'etag' in condition ? { 'if-match': condition.etag } : { 'if-none-match': '*' };
}

/** The object is another one, or gone, or somebody else is just changing it. Where none is wanted, 404 means that there is no bucket. */
function failureOf(condition: Condition): number[] {
  return 'etag' in condition ? [404, 409, 412] : [409, 412];
}

async function unless(statuses: readonly number[], response: Promise<HttpResponse>): Promise<HttpResponse | undefined> {
  return response.catch((error: unknown) => {
    if (error instanceof AwsError && error.status !== undefined && statuses.includes(error.status)) {
      return undefined;
    }
    throw error;
  });
}

function metadataOf(response: HttpResponse): { [name: string]: string } {
  const prefix = 'x-amz-meta-';
  return Object.fromEntries(Object.entries(response.headers).flatMap(([name, value]) =>
    name.startsWith(prefix) ? [[name.slice(prefix.length), String(value)]] : []));
}
