// SPDX-License-Identifier: Apache-2.0
import { parseObjectPage } from '../../../lambda/shared/aws/object-page';

/** As S3 writes it. */
const page = (contents: string, frame = '<IsTruncated>false</IsTruncated>') => '<?xml version="1.0" encoding="UTF-8"?>\n'
  + '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name><Prefix>undelivered/</Prefix><KeyCount>1</KeyCount>'
  + `<MaxKeys>1000</MaxKeys><EncodingType>url</EncodingType>${frame}${contents}</ListBucketResult>`;
const contents = (key: string, lastModified = '2026-11-25T01:02:03.000Z') =>
  `<Contents><Key>${key}</Key><LastModified>${lastModified}</LastModified><ETag>&quot;abc&quot;</ETag><Size>1</Size></Contents>`;

test('objects with their times', () => {
  expect(parseObjectPage(page(contents('undelivered/2026/11/25/01/a-0.json.gz') + contents('b', '2026-11-25T01:02:04.000Z')))).toEqual({
    objects: [
      { key: 'undelivered/2026/11/25/01/a-0.json.gz', lastModified: Date.parse('2026-11-25T01:02:03Z') },
      { key: 'b', lastModified: Date.parse('2026-11-25T01:02:04Z') },
    ],
    continuation: undefined,
  });
});

test.each([
  ['a+b%2Bc', 'a b+c'],
  ['%3CKey%3E%26amp%3B', '<Key>&amp;'],
  ['%F0%9F%9A%80', '🚀'],
])('the key %s is %s', (written, key) => {
  expect(parseObjectPage(page(contents(written))).objects[0].key).toBe(key);
});

test('a page that another follows', () => {
  const frame = '<NextContinuationToken>1/a&amp;b&#43;&#x3D;&quot;=</NextContinuationToken><IsTruncated>true</IsTruncated>';
  expect(parseObjectPage(page(contents('a'), frame)).continuation).toBe('1/a&b+="=');
});

test('an empty list, and one with common prefixes', () => {
  expect(parseObjectPage(page('')).objects).toEqual([]);
  expect(parseObjectPage(page('<CommonPrefixes><Prefix>x/</Prefix></CommonPrefixes>')).objects).toEqual([]);
});

test.each([
  ['no XML', '{}', 'something that is no list'],
  ['an error', '<Error><Code>InternalError</Code></Error>', 'something that is no list'],
  ['half a list', page(contents('a')).slice(0, -10), 'something that is no list'],
  ['a list that does not say whether it is all', page('', ''), 'without IsTruncated'],
  ['a page without the way to the next', page('', '<IsTruncated>true</IsTruncated>'), 'without NextContinuationToken'],
  ['an object without a key', page('<Contents><LastModified>2026-11-25T01:02:03.000Z</LastModified></Contents>'), 'without Key'],
  ['an object without a time', page('<Contents><Key>a</Key></Contents>'), 'without LastModified'],
  ['an object with a wrong time', page(contents('a', 'yesterday')), 'a LastModified that is no time'],
])('%s is no end of a list', (_, xml, message) => {
  expect(() => parseObjectPage(xml)).toThrow(message);
});
