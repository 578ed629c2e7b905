// SPDX-License-Identifier: Apache-2.0
import { Aws } from 'aws-cdk-lib';
import { checkUrl } from '../../lib/private/url-syntax';

test.each(['https://a.example', 'http://a.example:8080/path?q=1', 'http://[::1]:3128', Aws.REGION, `https://x.${Aws.REGION}.example`, undefined])(
  'takes %j', (url) => expect(() => checkUrl('x', url)).not.toThrow());

const UNREADABLE = 'since everybody may read it in the template';

test.each([
  ['https://user:hunter2@a.example/p', 'no user name and no password', 'https://***@a.example/p'],
  ['http://hunter2@a.example', 'no user name and no password', 'http://***@a.example'],
  ['HTTPS://user:hunt@er2@a.example', 'no user name and no password', 'HTTPS://***@a.example'],
  [`http://user:hunter2@${Aws.REGION}.example`, 'no user name and no password', `http://***@${Aws.REGION}.example`],
  ['https://a.example/v1/input?dd-api-key=hunter2', "no secret such as 'dd-api-key'", 'https://a.example/v1/input?dd-api-key=***'],
  ['https://a.example?x=1&access_token=hunter2#y', "no secret such as 'access_token'", 'https://a.example?x=***&access_token=***#y'],
  [`https://${Aws.REGION}.example?password=hunter2`, "no secret such as 'password'", `https://${Aws.REGION}.example?password=***`],
])('fails on a credential without repeating it: %j', (url, expected, shown) => {
  expect(() => checkUrl('x', url)).toThrow(new Error(`'x' must hold ${expected}, ${UNREADABLE}, got: '${shown}'`));
});

test.each([
  ['user:hunter2@proxy:3128', '***@proxy:3128'],
  ['user:hun/ter2@proxy:3128', '***@proxy:3128'],
  ['ftp:/user:hunter2@proxy', '***@proxy'],
])('repeats no credential of what is no URL either: %j', (url, shown) => {
  expect(() => checkUrl('x', url)).toThrow(new Error(`'x' must be a URL such as 'https://intake.example', got: '${shown}'`));
});

test.each(['', 'a.example', '//a.example', 'ftp://a.example', 'https://', 'https://a:b', 'HTTPS//a', 'https://a b'])('fails on %j, naming the property', (url) => {
  expect(() => checkUrl('endpoints.logs', url)).toThrow(new Error(`'endpoints.logs' must be a URL such as 'https://intake.example', got: '${url}'`));
});
