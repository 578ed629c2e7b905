// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { IncomingMessage, ServerResponse } from 'node:http';

export interface StoredObject {
  readonly body: Buffer;
  readonly etag: string;
  readonly lastModified: Date;
  /** `content-type` and `x-amz-meta-…`. */
  readonly headers: { readonly [name: string]: string };
}

/** One request, as the emulator sees it. */
export interface S3Call {
  readonly operation: 'PutObject' | 'GetObject' | 'DeleteObject' | 'ListObjectsV2';
  readonly bucket: string;
  /** Of a list, its prefix. */
  readonly key: string;
}

/** A status to answer with instead, or a connection that is reset; `undefined` lets things go on. */
export type S3Fault = number | 'reset' | undefined;

/** May wait, look at what there is, and misbehave. */
export type S3Hook = (call: S3Call) => S3Fault | Promise<S3Fault>;

/**
 * S3 in memory, over HTTP, with paths that begin with the bucket: conditional writes and deletes, metadata, and lists in pages.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html
 */
export class S3Emulator {
  /** By `<bucket>/<key>`. */
  readonly objects = new Map<string, StoredObject>();
  readonly calls: S3Call[] = [];
  /** S3 may give less than was asked for. */
  pageSize = 1000;
  /** Runs before a call has an effect. */
  before: S3Hook = () => undefined;
  /** Runs when the call has had its effect, before it is answered. */
  after: S3Hook = () => undefined;

  put(path: string, body: Buffer, { lastModified = new Date(), headers = {} }: Partial<StoredObject> = {}): StoredObject {
    const object = { body, etag: `"${createHash('md5').update(body).digest('hex')}"`, lastModified, headers };
    this.objects.set(path, object);
    return object;
  }

  async handle(request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://s3');
    const [bucket, ...segments] = url.pathname.slice(1).split('/').map(decodeURIComponent);
    const isList = url.searchParams.get('list-type') === '2';
    const key = isList ? url.searchParams.get('prefix') ?? '' : segments.join('/');
    const operations = { PUT: 'PutObject', DELETE: 'DeleteObject', GET: isList ? 'ListObjectsV2' : 'GetObject' } as const;
    const operation = operations[request.method as keyof typeof operations];
    const call = { operation, bucket, key };
    this.calls.push(call);
    let fault = await this.before(call);
    if (fault === undefined) {
      const answer = this.perform(call, request, url.searchParams, body);
      fault = await this.after(call);
      if (fault === undefined) {
        response.writeHead(answer.status, answer.headers).end(answer.body);
        return;
      }
    }
    if (fault === 'reset') {
      request.socket.resetAndDestroy();
    } else {
      response.writeHead(fault).end(errorBody('InjectedFailure'));
    }
  }

  private perform(call: S3Call, request: IncomingMessage, query: URLSearchParams, body: Buffer): Answer {
    const path = `${call.bucket}/${call.key}`;
    const current = this.objects.get(path);
    const failed = failedCondition(request, current);
    if (failed) {
      return failed;
    }
    switch (call.operation) {
      case 'PutObject': {
        const headers = Object.fromEntries(Object.entries(request.headers)
          .filter(([name]) => name === 'content-type' || name.startsWith('x-amz-meta-'))
          .map(([name, value]) => [name, String(value)]));
        return { status: 200, headers: { etag: this.put(path, body, { headers }).etag } };
      }
      case 'DeleteObject':
        this.objects.delete(path);
        return { status: 204 };
      case 'GetObject':
        return current ? found(current) : error(404, 'NoSuchKey');
      case 'ListObjectsV2':
        return this.list(call, query);
      default:
        return error(405, 'MethodNotAllowed');
    }
  }

  private list({ bucket, key: prefix }: S3Call, query: URLSearchParams): Answer {
    const token = query.get('continuation-token');
    const after = token ? Buffer.from(token, 'base64').toString() : query.get('start-after') ?? '';
    const encode = (text: string) => query.get('encoding-type') === 'url'
      ? encodeURIComponent(text).replaceAll('%2F', '/').replaceAll('%20', '+')
      : escapeXml(text);
    const matching = [...this.objects]
      .filter(([path]) => path.startsWith(`${bucket}/${prefix}`))
      .map(([path, object]) => ({ key: path.slice(bucket.length + 1), object }))
      .filter(({ key }) => key > after)
      .sort((one, other) => one.key < other.key ? -1 : 1);
    const page = matching.slice(0, Math.min(this.pageSize, Number(query.get('max-keys') ?? 1000)));
    const isTruncated = page.length < matching.length;
    return {
      status: 200,
      headers: { 'content-type': 'application/xml' },
      body: [
        '<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">',
        `<Name>${bucket}</Name><Prefix>${encode(prefix)}</Prefix><KeyCount>${page.length}</KeyCount><IsTruncated>${isTruncated}</IsTruncated>`,
        isTruncated ? `<NextContinuationToken>${Buffer.from(page[page.length - 1].key).toString('base64')}</NextContinuationToken>` : '',
        ...page.map(({ key, object }) => `<Contents><Key>${encode(key)}</Key><LastModified>${object.lastModified.toISOString()}</LastModified>`
          + `<ETag>${escapeXml(object.etag)}</ETag><Size>${object.body.length}</Size><StorageClass>STANDARD</StorageClass></Contents>`),
        '</ListBucketResult>',
      ].join(''),
    };
  }
}

interface Answer {
  readonly status: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string | Buffer;
}

function found({ body, etag, headers, lastModified }: StoredObject): Answer {
  return { status: 200, headers: { ...headers, etag, 'last-modified': lastModified.toUTCString() }, body };
}

function failedCondition(request: IncomingMessage, current: StoredObject | undefined): Answer | undefined {
  const wanted = request.headers['if-match'];
  if (request.headers['if-none-match'] === '*' && current) {
    return error(412, 'PreconditionFailed');
  }
  if (wanted !== undefined && !current) {
    return error(404, 'NoSuchKey');
  }
  return wanted !== undefined && wanted !== current?.etag ? error(412, 'PreconditionFailed') : undefined;
}

function error(status: number, code: string): Answer {
  return { status, headers: { 'content-type': 'application/xml' }, body: errorBody(code) };
}

function errorBody(code: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>no</Message></Error>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
