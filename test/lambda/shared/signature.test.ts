// SPDX-License-Identifier: Apache-2.0
import { AwsV4Signer } from 'aws4fetch';
import * as fc from 'fast-check';
import { reproducible } from './reproducible';
import { escapeSegment, signedHeaders } from '../../../lambda/shared/aws/signature';

const segment = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => !/^\.{1,2}$|\//.test(text));

const HEADERS = { 'x-amz-target': 'a.b', 'x-amz-meta-reason': 'status  400 ', 'if-none-match': '*' };

/** No name twice: `aws4fetch` would leave out the second. */
const parameterName = fc.oneof(fc.stringMatching(/^[ab][0-9.]?$/), fc.string({ minLength: 1, maxLength: 8 }));
const query = fc.uniqueArray(fc.tuple(parameterName, fc.string({ maxLength: 8 })), { maxLength: 4, selector: ([name]) => name });

/** Requests are signed as aws4fetch signs them. */
function agreesWithAws4fetch(sign: typeof signedHeaders) {
  return fc.asyncProperty(
    fc.array(segment, { minLength: 1, maxLength: 4 }), query, fc.uint8Array({ maxLength: 40 }), fc.boolean(), fc.boolean(),
    async (path, parameters, body, isS3, hasToken) => {
      const service = isS3 ? 's3' : 'secretsmanager';
      const url = new URL(`https://host.example:8443/${isS3 ? path.map(escapeSegment).join('/') : ''}`);
      url.search = parameters.map((pair) => pair.map(escapeSegment).join('=')).join('&');
      const credentials = { accessKeyId: 'AKID', secretAccessKey: 'SECRET', sessionToken: hasToken ? 'TOKEN' : undefined };
      const request = { method: 'PUT', url, headers: HEADERS, body: Buffer.from(body) };
      const headers = sign(request, service, 'eu-west-1', credentials, new Date('2026-11-25T01:02:03.456Z'));

      const hash = headers['x-amz-content-sha256'];
      const oracle = await new AwsV4Signer({
        ...credentials,
        method: 'PUT',
        url: url.href,
        service,
        region: 'eu-west-1',
        body,
        datetime: '20261125T010203Z',
        headers: { ...HEADERS, ...(hash ? { 'x-amz-content-sha256': hash } : {}) },
      }).sign();
      expect(headers.authorization).toBe(oracle.headers.get('authorization'));
    },
  );
}

test('property: requests are signed as aws4fetch signs them', async () => {
  await fc.assert(agreesWithAws4fetch(signedHeaders), { ...reproducible(), numRuns: 1000 });
});

test('the property notices a path that is escaped twice', async () => {
  const twice: typeof signedHeaders = (request, ...rest) => {
    return signedHeaders({ ...request, url: new URL(request.url.href.replaceAll('%', '%25')) }, ...rest);
  };
  expect((await fc.check(agreesWithAws4fetch(twice), reproducible())).failed).toBe(true);
});

test('the property notices a query that is not signed', async () => {
  const without: typeof signedHeaders = (request, ...rest) => {
    return signedHeaders({ ...request, url: new URL(request.url.href.replace(/\?.*/, '')) }, ...rest);
  };
  expect((await fc.check(agreesWithAws4fetch(without), reproducible())).failed).toBe(true);
});
