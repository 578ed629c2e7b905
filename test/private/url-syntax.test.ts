// SPDX-License-Identifier: Apache-2.0
import { Aws } from 'aws-cdk-lib';
import { checkUrl } from '../../lib/private/url-syntax';

test.each(['https://a.example', 'http://a.example:8080/path?q=1', 'http://[::1]:3128', Aws.REGION, `https://x.${Aws.REGION}.example`, undefined])(
  'takes %j', (url) => expect(() => checkUrl('x', url)).not.toThrow());

test.each(['', 'a.example', '//a.example', 'ftp://a.example', 'https://', 'https://a:b', 'HTTPS//a', 'https://a b'])('fails on %j, naming the property', (url) => {
  expect(() => checkUrl('endpoints.logs', url)).toThrow(new Error(`'endpoints.logs' must be a URL such as 'https://intake.example', got: '${url}'`));
});
