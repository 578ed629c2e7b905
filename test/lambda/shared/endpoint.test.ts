// SPDX-License-Identifier: Apache-2.0
import { objectUrl, serviceEndpoint } from '../../../lambda/shared/aws/endpoint';

const variables = ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL_SSM', 'AWS_ENDPOINT_URL_SECRETS_MANAGER'];
afterEach(() => variables.forEach((name) => delete process.env[name]));

test.each([
  ['eu-west-1', 'https://ssm.eu-west-1.amazonaws.com/'],
  ['us-gov-west-1', 'https://ssm.us-gov-west-1.amazonaws.com/'],
  ['cn-north-1', 'https://ssm.cn-north-1.amazonaws.com.cn/'],
  ['us-isob-east-1', 'https://ssm.us-isob-east-1.sc2s.sgov.gov/'],
])('a service in %s is at %s', (region, url) => {
  expect(serviceEndpoint('ssm', region).href).toBe(url);
});

test('an object is at its bucket\'s own host, except where that cannot work', () => {
  expect(objectUrl('b', 'k/x', 'cn-north-1').href).toBe('https://b.s3.cn-north-1.amazonaws.com.cn/k/x');
  expect(objectUrl('b.c', 'k', 'eu-west-1').href).toBe('https://s3.eu-west-1.amazonaws.com/b.c/k');
  process.env.AWS_ENDPOINT_URL = 'http://localhost:4566';
  expect(objectUrl('b', 'k', 'eu-west-1').href).toBe('http://localhost:4566/b/k');
});

test('an endpoint of one service beats the one of all', () => {
  process.env.AWS_ENDPOINT_URL = 'http://localhost:1';
  process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER = 'http://localhost:2';
  expect(serviceEndpoint('ssm', 'eu-west-1').port).toBe('1');
  expect(serviceEndpoint('secretsmanager', 'eu-west-1').port).toBe('2');
});
