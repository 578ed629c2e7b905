// SPDX-License-Identifier: Apache-2.0
import { CfnParameter } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Autodiscovery, AutodiscoveryVariable, Integration } from '../../../lib/agent';
import { plainSecretsIn } from '../../../lib/agent/autodiscovery/plain-secrets';
import { fargateTask, inStack, warningIds } from '../fixture';

describe('settings that hold a credential in plain text', () => {
  test.each<[object, string[]]>([
    [{ password: 'x' }, ['password']],
    [{ PASSWD: 'x', pass: 'x', pwd: 'x' }, ['PASSWD', 'pass', 'pwd']],
    [{ 'api_key': 'x', 'apikey': 'x', 'api-key': 'x', 'secret_key': 'x', 'aws_secret_access_key': 'x' },
      ['api_key', 'apikey', 'api-key', 'secret_key', 'aws_secret_access_key']],
    [{ token: 'x', bearer_token: 'x', client_secret: 'x' }, ['token', 'bearer_token', 'client_secret']],
    [{ auth: { password: 'x' }, users: [{ name: 'a', token: 'x' }] }, ['auth.password', 'users.0.token']],
    [{ password: 'pre%%env_%%' }, ['password']],
  ])('%j', (settings, paths) => expect(plainSecretsIn(settings)).toEqual(paths));
});

describe('settings that hold none', () => {
  test.each<[string, object]>([
    ['a template variable', { password: AutodiscoveryVariable.env('REDIS'), token: 'Bearer %%env_TOKEN%%' }],
    ['a handle of a secrets backend', { password: 'ENC[redis/password]' }],
    ['a token of the CDK', { password: new CfnParameter(inStack(), 'Password').valueAsString }],
    ['no text', { password: '', token: true, secret: 7, api_key: null, pass: undefined }],
    ['other names', { bearer_token_path: '/run/token', compass: 'n', keyspace: 'shop', monkey: 'x', passenger: 'x', user: 'x', tls_private_key: '/key' }],
  ])('%s', (_name, settings) => expect(plainSecretsIn(settings)).toEqual([]));
});

describe('a check', () => {
  test('with one is a warning for each setting that says what to do, and not the value', () => {
    const stack = inStack();
    const { defaultContainer } = fargateTask(stack);
    Autodiscovery.of(defaultContainer!).addCheck('redisdb', { instances: [{ password: 's3cret' }, { password: 's3cret' }], initConfig: { token: 's3cret' } });
    expect(warningIds(stack)).toEqual(['cdk-ecs-datadog:plainSecretInLabel:redisdb.password', 'cdk-ecs-datadog:plainSecretInLabel:redisdb.token']);
    const texts = Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
    expect(texts.join()).toContain("write AutodiscoveryVariable.env('NAME')");
    expect(texts.join()).not.toContain('s3cret');
  });

  test('with the password in a variable of the Agent is none', () => {
    const stack = inStack();
    const { defaultContainer } = fargateTask(stack);
    Autodiscovery.of(defaultContainer!).addIntegration(Integration.redis({ username: 'dd', passwordVariable: 'REDIS' }));
    expect(warningIds(stack)).toEqual([]);
  });
});
