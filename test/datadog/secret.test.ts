// SPDX-License-Identifier: Apache-2.0
import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { DatadogSecret } from '../../lib/datadog';

const FULL_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:datadog-AbCdEf';
const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/0a1b';

function inStack() {
  const stack = new Stack(new App(), 'S', { env: { region: 'eu-west-1', account: '111122223333' } });
  return { stack, reader: new iam.Role(stack, 'Reader', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') }) };
}

/** The statements that the reader's own policy holds. */
function statementsOf(stack: Stack) {
  return Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

function ssmParameter(stack: Stack, encryptionKey?: kms.IKey) {
  return ssm.StringParameter.fromSecureStringParameterAttributes(stack, 'Parameter', { parameterName: '/datadog/api-key', encryptionKey });
}

describe('fromSecretsManager', () => {
  describe('as a container takes it', () => {
    test('is the whole secret', () => {
      const { stack } = inStack();
      const secret = DatadogSecret.fromSecretsManager(secretsmanager.Secret.fromSecretCompleteArn(stack, 'Secret', FULL_ARN)).toEcsSecret();
      expect(secret.arn).toBe(FULL_ARN);
      expect(secret.hasField).toBe(false);
    });

    test('is one field, of the latest version', () => {
      const { stack } = inStack();
      const secret = DatadogSecret.fromSecretsManager(secretsmanager.Secret.fromSecretCompleteArn(stack, 'Secret', FULL_ARN), 'api-key').toEcsSecret();
      // arn:json-key:version-stage:version-id, https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
      expect(secret.arn).toBe(`${FULL_ARN}:api-key::`);
      expect(secret.hasField).toBe(true);
    });

    test('names a secret that is known by its name', () => {
      const { stack } = inStack();
      const secret = DatadogSecret.fromSecretsManager(secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'datadog'), 'api-key').toEcsSecret();
      expect(stack.resolve(secret.arn)).toEqual({
        'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':secretsmanager:eu-west-1:111122223333:secret:datadog:api-key::']],
      });
    });
  });

  describe('grants', () => {
    test('reading the value of this one secret, no more', () => {
      const { stack, reader } = inStack();
      const secret = new secretsmanager.Secret(stack, 'Secret');
      DatadogSecret.fromSecretsManager(secret, 'api-key').toEcsSecret().grantRead(reader);
      expect(statementsOf(stack)).toEqual([
        { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: stack.resolve(secret.secretArn) },
      ]);
    });

    test.each([
      ['fromSecretNameV2', (stack: Stack) => secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'datadog'),
        { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':secretsmanager:eu-west-1:111122223333:secret:datadog-??????']] }],
      ['fromSecretPartialArn', (stack: Stack) => secretsmanager.Secret.fromSecretPartialArn(stack, 'Secret', FULL_ARN.replace('-AbCdEf', '')),
        FULL_ARN.replace('-AbCdEf', '-??????')],
      ['fromSecretCompleteArn', (stack: Stack) => secretsmanager.Secret.fromSecretCompleteArn(stack, 'Secret', FULL_ARN), FULL_ARN],
    ])('on the one ARN that a secret of %s can have', (_name, imported, resource) => {
      const { stack, reader } = inStack();
      const grant = DatadogSecret.fromSecretsManager(imported(stack)).grantRead(reader);
      expect(grant.success).toBe(true);
      expect(statementsOf(stack)).toEqual([{ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: resource }]);
    });

    test('decrypting with a customer-managed key, through Secrets Manager only', () => {
      const { stack, reader } = inStack();
      const key = new kms.Key(stack, 'Key');
      const secret = new secretsmanager.Secret(stack, 'Secret', { encryptionKey: key });
      DatadogSecret.fromSecretsManager(secret).grantRead(reader);
      expect(statementsOf(stack)).toEqual([
        { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: stack.resolve(secret.secretArn) },
        {
          Effect: 'Allow',
          Action: 'kms:Decrypt',
          Resource: stack.resolve(key.keyArn),
          Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' } },
        },
      ]);
      // The key's own policy stays what it was without a reader.
      const untouched = inStack().stack;
      new secretsmanager.Secret(untouched, 'Secret', { encryptionKey: new kms.Key(untouched, 'Key') });
      expect(Template.fromStack(stack).findResources('AWS::KMS::Key')).toEqual(Template.fromStack(untouched).findResources('AWS::KMS::Key'));
    });

    test('decrypting in the region that the secret is in', () => {
      const { stack, reader } = inStack();
      const secret = secretsmanager.Secret.fromSecretAttributes(stack, 'Secret', {
        secretCompleteArn: FULL_ARN.replace('eu-west-1', 'us-east-1'),
        encryptionKey: kms.Key.fromKeyArn(stack, 'Key', KEY_ARN.replace('eu-west-1', 'us-east-1')),
      });
      DatadogSecret.fromSecretsManager(secret).grantRead(reader);
      expect(statementsOf(stack)[1]).toMatchObject({
        Resource: KEY_ARN.replace('eu-west-1', 'us-east-1'),
        Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com' } },
      });
    });

    test('once, however often it is asked', () => {
      const { stack, reader } = inStack();
      const secret = DatadogSecret.fromSecretsManager(new secretsmanager.Secret(stack, 'Secret', { encryptionKey: new kms.Key(stack, 'Key') }));
      secret.grantRead(reader);
      secret.toEcsSecret().grantRead(reader);
      secret.grantRead(reader);
      expect(statementsOf(stack).map(({ Action }) => Action)).toEqual(['secretsmanager:GetSecretValue', 'kms:Decrypt']);
    });

    test('each reader for itself', () => {
      const { stack, reader } = inStack();
      const other = new iam.Role(stack, 'Other', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
      const secret = DatadogSecret.fromSecretsManager(new secretsmanager.Secret(stack, 'Secret'));
      secret.grantRead(reader);
      secret.grantRead(other);
      expect(statementsOf(stack)).toHaveLength(2);
    });
  });

  test('tells a function where to look, never the value', () => {
    const { stack } = inStack();
    const secret = secretsmanager.Secret.fromSecretCompleteArn(stack, 'Secret', FULL_ARN);
    expect(DatadogSecret.fromSecretsManager(secret).lambdaEnvironment('DD_API_KEY')).toEqual({ DD_API_KEY_SECRET_ARN: FULL_ARN });
    expect(DatadogSecret.fromSecretsManager(secret, 'app-key').lambdaEnvironment('DD_APP_KEY'))
      .toEqual({ DD_APP_KEY_SECRET_ARN: FULL_ARN, DD_APP_KEY_SECRET_FIELD: 'app-key' });
  });
});

describe('fromSsmParameter', () => {
  test('is the parameter, as a container takes it', () => {
    const { stack } = inStack();
    const secret = DatadogSecret.fromSsmParameter(ssmParameter(stack)).toEcsSecret();
    expect(stack.resolve(secret.arn)).toEqual({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ssm:eu-west-1:111122223333:parameter/datadog/api-key']],
    });
    expect(secret.hasField).toBe(false);
  });

  test('grants reading this one parameter, no more', () => {
    const { stack, reader } = inStack();
    const parameter = ssmParameter(stack);
    DatadogSecret.fromSsmParameter(parameter).toEcsSecret().grantRead(reader);
    expect(statementsOf(stack)).toEqual([
      { Effect: 'Allow', Action: ['ssm:GetParameter', 'ssm:GetParameters'], Resource: stack.resolve(parameter.parameterArn) },
    ]);
  });

  test('grants decrypting with a customer-managed key, through SSM only', () => {
    const { stack, reader } = inStack();
    const parameter = ssmParameter(stack, kms.Key.fromKeyArn(stack, 'Key', KEY_ARN));
    DatadogSecret.fromSsmParameter(parameter).grantRead(reader);
    expect(statementsOf(stack)).toEqual([
      { Effect: 'Allow', Action: ['ssm:GetParameter', 'ssm:GetParameters'], Resource: stack.resolve(parameter.parameterArn) },
      {
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: KEY_ARN,
        Condition: { StringEquals: { 'kms:ViaService': 'ssm.eu-west-1.amazonaws.com' } },
      },
    ]);
  });

  test('a key whose policy leaves nothing to IAM lets the account decrypt through SSM', () => {
    const { stack, reader } = inStack();
    const policy = new iam.PolicyDocument({
      statements: [new iam.PolicyStatement({ principals: [new iam.AccountRootPrincipal()], actions: ['kms:Put*'], resources: ['*'] })],
    });
    const secret = DatadogSecret.fromSsmParameter(ssmParameter(stack, new kms.Key(stack, 'Key', { policy })));
    secret.grantRead(reader);
    secret.grantRead(reader);
    const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::KMS::Key'));
    expect(Properties.KeyPolicy.Statement.slice(1)).toEqual([{
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111122223333:root']] } },
      Resource: '*',
      Condition: { StringEquals: { 'kms:ViaService': 'ssm.eu-west-1.amazonaws.com' } },
    }]);
  });

  test('tells a function where to look, never the value', () => {
    const { stack } = inStack();
    expect(DatadogSecret.fromSsmParameter(ssmParameter(stack)).lambdaEnvironment('DD_API_KEY')).toEqual({ DD_API_KEY_SSM_NAME: '/datadog/api-key' });
  });

  describe('fails where the value stands in clear text', () => {
    const message = (type: string) =>
      new Error(`'parameter' must be of type SecureString (ssm.StringParameter.fromSecureStringParameterAttributes), got: '${type}'`);

    test.each([
      ['a parameter of the template', (stack: Stack) => new ssm.StringParameter(stack, 'P', { stringValue: '0123' }), 'String'],
      ['an imported plain parameter', (stack: Stack) => ssm.StringParameter.fromStringParameterName(stack, 'P', '/datadog/api-key'), 'String'],
      ['an imported list', (stack: Stack) => ssm.StringListParameter.fromStringListParameterName(stack, 'P', '/datadog/keys'), 'StringList'],
      ['a list of the template', (stack: Stack) => new ssm.StringListParameter(stack, 'P', { stringListValue: ['0123'] }), 'StringList'],
    ])('%s', (_name, parameter, type) => {
      expect(() => DatadogSecret.fromSsmParameter(parameter(inStack().stack))).toThrow(message(type));
    });
  });

  test('takes a name that is a token', () => {
    const { stack } = inStack();
    const parameterName = new CfnParameter(stack, 'Name').valueAsString;
    const parameter = ssm.StringParameter.fromSecureStringParameterAttributes(stack, 'P', { parameterName, simpleName: false });
    expect(stack.resolve(DatadogSecret.fromSsmParameter(parameter).lambdaEnvironment('DD_API_KEY'))).toEqual({ DD_API_KEY_SSM_NAME: { Ref: 'Name' } });
  });
});
