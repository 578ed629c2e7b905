// SPDX-License-Identifier: Apache-2.0
import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { DatadogAccount, DatadogAccountProps, DatadogEndpoints, DatadogSecret, DatadogSite } from '../../lib/datadog';
import { agentProxyEnvironment, lambdaProxyEnvironment } from '../../lib/datadog/proxy';

const stack = new Stack(new App(), 'S');
const parameter = new CfnParameter(stack, 'Parameter').valueAsString;
const apiKey = DatadogSecret.fromSecretsManager(secretsmanager.Secret.fromSecretNameV2(stack, 'Key', 'datadog'));

function account(props: Partial<DatadogAccountProps> = {}): DatadogAccount {
  return new DatadogAccount({ apiKey, ...props });
}

test('has defaults for everything but the key', () => {
  expect(account()).toEqual({
    apiKey, site: DatadogSite.US1, applicationKey: undefined, endpoints: {}, proxy: undefined, imageRegistry: 'public.ecr.aws/datadog',
  });
});

test('keeps what it is given', () => {
  const applicationKey = DatadogSecret.fromSecretsManager(secretsmanager.Secret.fromSecretNameV2(stack, 'App', 'datadog-app'));
  const given = {
    site: DatadogSite.EU1,
    apiKey,
    applicationKey,
    endpoints: { logs: 'https://logs.example' },
    proxy: { https: 'http://proxy.example:3128' },
    imageRegistry: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/ecr-public/datadog',
  };
  expect(new DatadogAccount(given)).toEqual(given);
});

describe('endpoints', () => {
  const names: (keyof DatadogEndpoints)[] = ['logs', 'metrics', 'traces', 'processes', 'orchestrator'];

  test.each(names)('fails on %s that is no URL', (name) => {
    expect(() => account({ endpoints: { [name]: 'logs.example' } }))
      .toThrow(new Error(`'endpoints.${name}' must be a URL such as 'https://intake.example', got: 'logs.example'`));
  });

  test.each(['', 'ftp://logs.example', 'https://', 'https://a b', 'http:/logs.example'])('fails on %j', (url) => {
    expect(() => account({ endpoints: { logs: url } })).toThrow(/^'endpoints\.logs' must be a URL such as/);
  });

  test('takes tokens and what is left out', () => {
    expect(account({ endpoints: { logs: parameter, traces: `https://${parameter}:443`, metrics: undefined } }).endpoints)
      .toEqual({ logs: parameter, traces: `https://${parameter}:443` });
  });

  test('keeps no hold of what the caller passed', () => {
    const endpoints = { logs: 'https://logs.example' };
    const { endpoints: kept } = account({ endpoints });
    endpoints.logs = 'changed later';
    expect(kept.logs).toBe('https://logs.example');
  });
});

describe('proxy', () => {
  test.each([
    [{ https: 'proxy:3128' }, "'proxy.https' must be a URL such as 'https://intake.example', got: 'proxy:3128'"],
    [{ https: 'http://proxy:3128', http: 'proxy' }, "'proxy.http' must be a URL such as 'https://intake.example', got: 'proxy'"],
  ])('fails on %j', (proxy, message) => {
    expect(() => account({ proxy })).toThrow(new Error(message));
  });

  test.each([
    [{ https: 'http://user:hunter2@proxy:3128' }, 'https'],
    [{ https: 'http://proxy:3128', http: `http://user:hunter2@${parameter}:3128` }, 'http'],
  ])('fails on a password, without repeating it', (proxy, name) => {
    expect(() => account({ proxy })).toThrow(new RegExp(`^'proxy.${name}' must hold no user name and no password, (?!.*hunter2).*got: 'http://\\*\\*\\*@`));
  });

  test('takes tokens', () => {
    expect(() => account({ proxy: { https: parameter, http: `http://${parameter}:3128` } })).not.toThrow();
  });

  test('is told to the Agent, hosts separated by blanks', () => {
    expect(agentProxyEnvironment(undefined)).toEqual({});
    expect(agentProxyEnvironment({ https: 'http://p:1' })).toEqual({ DD_PROXY_HTTPS: 'http://p:1', DD_PROXY_HTTP: 'http://p:1' });
    expect(agentProxyEnvironment({ https: 'http://p:1', http: 'http://q:2', noProxy: ['a.example', 'b.example'] }))
      .toEqual({ DD_PROXY_HTTPS: 'http://p:1', DD_PROXY_HTTP: 'http://q:2', DD_PROXY_NO_PROXY: 'a.example b.example' });
    expect(agentProxyEnvironment({ https: 'http://p:1', noProxy: [] })).not.toHaveProperty('DD_PROXY_NO_PROXY');
  });

  test('is told to a function, hosts separated by commas', () => {
    expect(lambdaProxyEnvironment(undefined)).toEqual({});
    expect(lambdaProxyEnvironment({ https: 'http://p:1', noProxy: ['a.example', 'b.example'] }))
      .toEqual({ HTTPS_PROXY: 'http://p:1', HTTP_PROXY: 'http://p:1', NO_PROXY: 'a.example,b.example' });
  });
});

describe('imageRegistry', () => {
  test.each(['', 'registry.example/', 'https://registry.example/datadog', `${parameter}/`])('fails on %j', (imageRegistry) => {
    expect(() => account({ imageRegistry })).toThrow(new Error(
      `'imageRegistry' must be a registry such as 'registry.example/datadog', without scheme and trailing slash, got: '${imageRegistry}'`));
  });

  test.each(['registry.example', 'localhost:5000/datadog', `${parameter}.dkr.ecr.eu-west-1.amazonaws.com/datadog`, parameter])('takes %j', (imageRegistry) => {
    expect(account({ imageRegistry }).imageRegistry).toBe(imageRegistry);
  });
});
