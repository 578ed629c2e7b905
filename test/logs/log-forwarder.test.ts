// SPDX-License-Identifier: Apache-2.0
import { Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { account, forwarderIn, KEY_ARN, newApp } from './fixture';
import { DatadogAccount, DatadogAccountProps, DatadogSecret, DatadogSite } from '../../lib/datadog';
import { LogCompression, LogForwarder, LogForwarderProps } from '../../lib/logs';

function synth(props: Partial<LogForwarderProps> = {}): Template {
  const stack = new Stack(newApp(), 'Stack');
  forwarderIn(stack, props);
  return Template.fromStack(stack);
}

function environmentWith(props: Partial<DatadogAccountProps>): Record<string, unknown> {
  const stack = new Stack(newApp(), 'Stack');
  const apiKey = DatadogSecret.fromSecretsManager(secretsmanager.Secret.fromSecretCompleteArn(stack, 'ApiKey', KEY_ARN));
  new LogForwarder(stack, 'Forwarder', { datadog: new DatadogAccount({ apiKey, ...props }) });
  const [handler] = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  return handler.Properties.Environment.Variables;
}

describe('the function', () => {
  test('runs the bundled handler on arm64 and Node.js 24, untraced', () => {
    synth().hasResourceProperties('AWS::Lambda::Function', {
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: 256,
      Runtime: 'nodejs24.x',
      Timeout: 120,
      TracingConfig: Match.absent(),
      ReservedConcurrentExecutions: Match.absent(),
      FunctionName: Match.absent(),
    });
  });

  test('takes its sizes from the properties', () => {
    synth({
      runtime: lambda.Runtime.NODEJS_22_X,
      architecture: lambda.Architecture.X86_64,
      memorySize: 512,
      timeout: Duration.minutes(5),
      reservedConcurrentExecutions: 7,
      functionName: 'to-datadog',
      tracing: lambda.Tracing.ACTIVE,
    }).hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs22.x',
      Architectures: ['x86_64'],
      MemorySize: 512,
      Timeout: 300,
      ReservedConcurrentExecutions: 7,
      FunctionName: 'to-datadog',
      TracingConfig: { Mode: 'Active' },
    });
  });

  test('is retried as long as Lambda offers, and what fails then is kept', () => {
    synth().hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 6 * 60 * 60,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['ForwarderUndeliveredLogs50369638', 'Arn'] } } },
    });
  });

  test('writes to a log group of its own that is kept three months and outlives the stack', () => {
    const template = synth();
    template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 90 }, DeletionPolicy: 'Retain' });
    template.hasResourceProperties('AWS::Lambda::Function', { LoggingConfig: { LogGroup: { Ref: 'ForwarderLogGroup91AB72B6' } } });
    synth({ logRetention: logs.RetentionDays.ONE_WEEK, removalPolicy: RemovalPolicy.DESTROY })
      .hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 7 }, DeletionPolicy: 'Delete' });
  });
});

describe('the role', () => {
  const bucket = { 'Fn::GetAtt': ['ForwarderUndeliveredLogs50369638', 'Arn'] };
  const objects = (key: string) => ({ 'Fn::Join': ['', [bucket, `/${key}`]] });

  test('may do exactly what the function does', () => {
    const template = synth();
    const [policy] = Object.values(template.findResources('AWS::IAM::Policy'));
    // A bucket's name is free once the bucket is gone: not even then does a log reach another account.
    const ownAccount = { StringEquals: { 's3:ResourceAccount': { Ref: 'AWS::AccountId' } } };
    expect(policy.Properties.PolicyDocument.Statement).toEqual([
      { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': ['ForwarderLogGroup91AB72B6', 'Arn'] } },
      // Lambda's own, for failed invocations.
      { Effect: 'Allow', Action: 's3:PutObject', Resource: objects('aws/lambda/async/*'), Condition: ownAccount },
      { Effect: 'Allow', Action: 's3:ListBucket', Resource: bucket, Condition: ownAccount },
      // The handler's.
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: KEY_ARN },
      { Effect: 'Allow', Action: 's3:PutObject', Resource: ['undelivered/*', 'refused/*', 'replay/lease'].map(objects), Condition: ownAccount },
      {
        Effect: 'Allow',
        Action: ['s3:DeleteObject', 's3:GetObject'],
        Resource: ['undelivered/*', 'aws/lambda/*', 'replay/lease'].map(objects),
        Condition: ownAccount,
      },
      {
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: bucket,
        Condition: { ...ownAccount, StringLike: { 's3:prefix': ['undelivered/*', 'aws/lambda/*'] } },
      },
    ]);
    template.hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
  });

  test('may handle network interfaces only where there is a VPC, without a managed policy', () => {
    const stack = new Stack(newApp(), 'Stack');
    const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 1, maxAzs: 2, restrictDefaultSecurityGroup: false });
    const forwarder = forwarderIn(stack, { vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS } });
    forwarder.connections.allowToAnyIpv4(ec2.Port.tcp(443));
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Lambda::Function', { VpcConfig: { SubnetIds: Match.anyValue(), SecurityGroupIds: Match.anyValue() } });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['ec2:CreateNetworkInterface']), Resource: '*' })]) },
    });
    template.allResourcesProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
  });

  test('there are no connections without a VPC', () => {
    const forwarder = forwarderIn(new Stack(newApp(), 'Stack'));
    expect(() => forwarder.connections).toThrow(/VPC/);
  });

  test('may decrypt an SSM parameter, and no secret', () => {
    const stack = new Stack(newApp(), 'Stack');
    const parameter = ssm.StringParameter.fromSecureStringParameterAttributes(stack, 'Parameter', { parameterName: '/datadog/key' });
    new LogForwarder(stack, 'Forwarder', { datadog: new DatadogAccount({ apiKey: DatadogSecret.fromSsmParameter(parameter) }) });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { DD_API_KEY_SSM_NAME: '/datadog/key' } } });
    expect(JSON.stringify(template.toJSON())).not.toContain('secretsmanager:');
  });
});

describe('the bucket for undelivered logs', () => {
  test('outlives the stack, is private, encrypted, versioned, TLS only, and forgets after 14 days', () => {
    synth().hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
        VersioningConfiguration: { Status: 'Enabled' },
        LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 14, NoncurrentVersionExpiration: { NoncurrentDays: 7 }, Status: 'Enabled' })] },
      },
    });
    synth().hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: { Statement: [Match.objectLike({ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })] },
    });
    synth({ undeliveredExpiration: Duration.days(3) }).hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 3 })] },
    });
  });

  test('with a key of the user, the function may use it through S3, and CloudWatch Logs itself', () => {
    const stack = new Stack(newApp(), 'Stack');
    forwarderIn(stack, { encryptionKey: new kms.Key(stack, 'Key') });
    const template = Template.fromStack(stack);
    const key = { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] };
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key } }] },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: key });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: key, Condition: { StringEquals: { 'kms:ViaService': Match.anyValue() } } })]) },
    });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Condition: { ArnLike: Match.anyValue() } })]) },
    });
  });

  test('a key of another stack makes no cycle, wherever it is declared', () => {
    const app = newApp();
    const keys = new Stack(app, 'Keys');
    const stack = new Stack(app, 'Stack');
    forwarderIn(stack, { encryptionKey: new kms.Key(keys, 'Key') });
    expect(() => app.synth()).not.toThrow();
  });
});

describe('the environment', () => {
  test('names the site, the key, the tags and the bucket, and nothing else', () => {
    const stack = new Stack(newApp(), 'Stack');
    new LogForwarder(stack, 'Forwarder', { datadog: account(stack), env: 'prod', tags: { team: 'shop', tier: '1' } });
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: Match.exact({
          DD_SITE: 'datadoghq.com',
          DD_API_KEY_SECRET_ARN: KEY_ARN,
          DD_TAGS: 'env:prod,team:shop,tier:1',
          DD_S3_BUCKET_NAME: { Ref: 'ForwarderUndeliveredLogs50369638' },
        }),
      },
    });
  });

  test('follows site, proxy and endpoint of the account', () => {
    const variables = environmentWith({
      site: DatadogSite.EU1, proxy: { https: 'http://proxy:3128', noProxy: ['a', 'b'] }, endpoints: { logs: 'https://vpce.example:443' },
    });
    expect(variables).toMatchObject({
      DD_SITE: 'datadoghq.eu',
      HTTPS_PROXY: 'http://proxy:3128',
      HTTP_PROXY: 'http://proxy:3128',
      NO_PROXY: 'a,b',
      DD_LOGS_INTAKE_URL: 'https://vpce.example:443/api/v2/logs',
    });
  });

  test.each([
    ['https://intake.example/', 'https://intake.example/api/v2/logs'],
    ['https://intake.example/custom', 'https://intake.example/custom'],
  ])('completes the intake address %s', (given, expected) => {
    expect(environmentWith({ endpoints: { logs: given } })).toMatchObject({ DD_LOGS_INTAKE_URL: expected });
  });

  test('completes an intake address whose host is known at deployment only', () => {
    const host = Token.asString({ 'Fn::ImportValue': 'vpce' });
    expect(environmentWith({ endpoints: { logs: `https://${host}:443` } })).toMatchObject({
      DD_LOGS_INTAKE_URL: { 'Fn::Join': ['', ['https://', { 'Fn::ImportValue': 'vpce' }, ':443/api/v2/logs']] },
    });
  });
});

describe('compression', () => {
  test.each([
    ['the default of the handler', undefined, {}],
    ['gzip', LogCompression.gzip(), {}],
    ['gzip of a level', LogCompression.gzip(6), { DD_COMPRESSION_LEVEL: '6' }],
    ['zstd', LogCompression.zstd(), { DD_COMPRESSION_KIND: 'zstd' }],
  ])('%s', (_name, compression, expected) => {
    const [handler] = Object.values(synth({ compression }).findResources('AWS::Lambda::Function'));
    const said = Object.entries(handler.Properties.Environment.Variables).filter(([name]) => name.startsWith('DD_COMPRESSION'));
    expect(Object.fromEntries(said)).toEqual(expected);
  });

  test.each([0, 10, 1.5])('level %d is none', (level) => {
    expect(() => LogCompression.gzip(level)).toThrow(`'level' must be a whole number from 1 to 9, got: ${level}`);
  });
});

test('a stateless forwarder without env and tags says none', () => {
  const [handler] = Object.values(synth().findResources('AWS::Lambda::Function'));
  expect(Object.keys(handler.Properties.Environment.Variables)).not.toContain('DD_TAGS');
});
