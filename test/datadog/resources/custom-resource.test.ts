// SPDX-License-Identifier: Apache-2.0
import { App, RemovalPolicy } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import * as recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { Construct } from 'constructs';
import { accountIn, customResources, newStack, SECRET_ARN } from './fixture';
import {
  DatadogAccount, DatadogBackend, DatadogCustomResourceOptions, DatadogMonitor, DatadogMonitorProps, DatadogMonitorType, DatadogSecret,
} from '../../../lib/datadog';

function monitor(scope: Construct, id: string, props: Partial<DatadogMonitorProps> & { readonly datadog: DatadogAccount }): DatadogMonitor {
  return new DatadogMonitor(scope, id, { name: id, type: DatadogMonitorType.METRIC, query: 'avg(last_5m):avg:system.load.1{*} > 3', ...props });
}

function synth(options: DatadogCustomResourceOptions = {}, stack = newStack()): Template {
  monitor(stack, 'Load', { datadog: accountIn(stack), backend: DatadogBackend.customResource(options) });
  return Template.fromStack(stack);
}

describe('the function', () => {
  test('runs the bundled handler on arm64 and Node.js 24, without X-Ray and reserved concurrency', () => {
    synth().hasResourceProperties('AWS::Lambda::Function', {
      Architectures: ['arm64'],
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Timeout: 300,
      MemorySize: 256,
      TracingConfig: Match.absent(),
      ReservedConcurrentExecutions: Match.absent(),
      // A new name would be a new function, which CloudFormation refuses to give to a resource that exists.
      FunctionName: Match.absent(),
    });
  });

  test('has a stable logical id, since CloudFormation refuses to change the function of a custom resource', () => {
    expect(Object.keys(synth().findResources('AWS::Lambda::Function'))).toEqual(['DatadogResourcesdatadoghqcomHandlerB51A72E6']);
  });

  test('keeps that id when keys move and options change', () => {
    const other = newStack();
    const parameter = ssm.StringParameter.fromSecureStringParameterAttributes(other, 'Key', { parameterName: '/datadog' });
    const key = DatadogSecret.fromSsmParameter(parameter);
    const backend = DatadogBackend.customResource({ logRetention: logs.RetentionDays.ONE_DAY, runtime: lambda.Runtime.NODEJS_22_X });
    monitor(other, 'Load', { datadog: new DatadogAccount({ apiKey: key, applicationKey: key }), backend });
    const [before, after] = [synth(), Template.fromStack(other)].map((template) => Object.keys(template.findResources('AWS::Lambda::Function')));
    expect(after).toEqual(before);
  });

  test('knows where the keys are and never what they are', () => {
    synth().hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          DD_SITE: 'datadoghq.com',
          DD_API_URL: 'https://api.datadoghq.com',
          DD_API_KEY_SECRET_ARN: SECRET_ARN,
          DD_API_KEY_SECRET_FIELD: 'api-key',
          DD_APP_KEY_SECRET_ARN: SECRET_ARN,
          DD_APP_KEY_SECRET_FIELD: 'app-key',
        },
      },
    });
  });

  test('goes through the endpoint and the proxy of the account', () => {
    const stack = newStack();
    const datadog = accountIn(stack, { endpoints: { api: 'https://api.internal:8443/' }, proxy: { https: 'http://proxy.internal:3128' } });
    monitor(stack, 'Load', { datadog });
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ DD_API_URL: 'https://api.internal:8443', HTTPS_PROXY: 'http://proxy.internal:3128' }) },
    });
  });

  test('may write its log and read the two keys, nothing else', () => {
    const template = synth();
    const [policy] = Object.values(template.findResources('AWS::IAM::Policy'));
    expect(policy.Properties.PolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/LogGroup/), 'Arn'] },
      },
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: SECRET_ARN },
    ]);
    template.hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
  });

  test('is there, with its permissions, until the last object is deleted', () => {
    const template = synth();
    const [handler] = Object.values(template.findResources('AWS::Lambda::Function'));
    const [policy] = Object.keys(template.findResources('AWS::IAM::Policy'));
    expect(handler.DependsOn).toContain(policy);
    template.hasResourceProperties('Custom::DatadogMonitor', {
      ServiceToken: { 'Fn::GetAtt': ['DatadogResourcesdatadoghqcomHandlerB51A72E6', 'Arn'] },
      ServiceTimeout: '1200',
    });
  });

  test('runs no event that is so old that CloudFormation may have given up by the end of it, and has that limit from the first event on', () => {
    const template = synth();
    const [[id, { Properties }]] = Object.entries(template.findResources('AWS::Lambda::EventInvokeConfig'));
    expect(Properties).toEqual({
      FunctionName: { Ref: 'DatadogResourcesdatadoghqcomHandlerB51A72E6' }, Qualifier: '$LATEST', MaximumEventAgeInSeconds: 840, MaximumRetryAttempts: 2,
    });
    const [{ Properties: { ServiceTimeout }, DependsOn }] = Object.values(template.findResources('Custom::DatadogMonitor'));
    const [{ Properties: { Timeout } }] = Object.values(template.findResources('AWS::Lambda::Function'));
    expect(Properties.MaximumEventAgeInSeconds + Timeout).toBeLessThan(Number(ServiceTimeout));
    // Three tries of a function that dies, with one and two minutes in between.
    expect(2 * Timeout + 3 * 60).toBeLessThan(Properties.MaximumEventAgeInSeconds);
    expect(DependsOn).toEqual([id]);
  });

  test('writes to a log group of its own, which may have a key and another retention', () => {
    synth().hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 90 });
    const stack = newStack();
    const template = synth({ encryptionKey: new kms.Key(stack, 'Key'), logRetention: logs.RetentionDays.ONE_WEEK }, stack);
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 7, KmsKeyId: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] } });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Condition: { ArnLike: Match.anyValue() } })]) },
    });
  });

  test('runs in a VPC where one is given', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, restrictDefaultSecurityGroup: false });
    const securityGroup = new ec2.SecurityGroup(stack, 'Group', { vpc });
    const template = synth({ vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }, securityGroups: [securityGroup] }, stack);
    template.hasResourceProperties('AWS::Lambda::Function', {
      VpcConfig: { SubnetIds: [{ Ref: 'VpcPrivateSubnet1Subnet536B997A' }], SecurityGroupIds: [{ 'Fn::GetAtt': ['GroupC77FDACD', 'GroupId'] }] },
    });
    const [handler] = Object.values(template.findResources('AWS::Lambda::Function'));
    // Without a route the last deletion would never be answered.
    expect(handler.DependsOn).toContain('VpcPrivateSubnet1DefaultRouteBE02A9ED');
  });

  test('refuses what it cannot run with', () => {
    expect(() => DatadogBackend.customResource({ runtime: lambda.Runtime.NODEJS_18_X })).toThrow("'runtime' must be Node.js 20 or later, got: 'nodejs18.x'");
    expect(() => DatadogBackend.customResource({ securityGroups: [] })).toThrow("'vpc' must be given with 'securityGroups', got none");
  });
});

test('all recommended feature flags change nothing', () => {
  const templateWith = (context: object) => {
    const stack = newStack('Stack', new App({ analyticsReporting: false, context: { ...context } }));
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'], privateSubnetRouteTableIds: ['rtb-1'],
    });
    return synth({ vpc }, stack).toJSON().Resources;
  };
  const { default: _default, ...flags } = recommendedFlags as { readonly [flag: string]: unknown };
  expect(templateWith(flags)).toEqual(templateWith({}));
});

describe('the resource', () => {
  test('says that an object is deleted with it, or kept', () => {
    const stack = newStack();
    const datadog = accountIn(stack);
    monitor(stack, 'Mine', { datadog });
    monitor(stack, 'Kept', { datadog, removalPolicy: RemovalPolicy.RETAIN });
    monitor(stack, 'KeptExceptOnCreate', { datadog, removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE });
    monitor(stack, 'Adopted', { datadog, adoptId: '4711' });
    monitor(stack, 'AdoptedExceptOnCreate', { datadog, adoptId: '4712', removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE });
    monitor(stack, 'AdoptedForGood', { datadog, adoptId: '4713', removalPolicy: RemovalPolicy.DESTROY });
    const resources = Object.entries(Template.fromStack(stack).findResources('Custom::DatadogMonitor'));
    expect(Object.fromEntries(resources.map(([id, { DeletionPolicy, UpdateReplacePolicy, Properties }]) => [
      id.replace(/CustomResource.*/, ''), [Properties.AdoptId, Properties.OnDelete, DeletionPolicy, UpdateReplacePolicy],
    ]))).toEqual({
      Mine: [undefined, 'delete', 'Delete', 'Delete'],
      Kept: [undefined, 'keep', 'Retain', 'Retain'],
      KeptExceptOnCreate: [undefined, 'keep', 'RetainExceptOnCreate', 'Retain'],
      Adopted: ['4711', 'keep', 'Retain', 'Retain'],
      AdoptedExceptOnCreate: ['4712', 'keep', 'RetainExceptOnCreate', 'Retain'],
      AdoptedForGood: ['4713', 'delete', 'Delete', 'Delete'],
    });
  });

  test('has nothing that a snapshot could be made of', () => {
    const stack = newStack();
    expect(() => monitor(stack, 'M', { datadog: accountIn(stack), removalPolicy: RemovalPolicy.SNAPSHOT }))
      .toThrow("'removalPolicy' must be DESTROY, RETAIN or RETAIN_ON_UPDATE_OR_DELETE, got: 'snapshot'");
    expect(stack.node.tryFindChild('M')).toBeUndefined();
  });

  test('needs an application key, and the error says where it belongs', () => {
    const stack = newStack();
    const datadog = new DatadogAccount({ apiKey: accountIn(stack).apiKey });
    expect(() => monitor(stack, 'M', { datadog })).toThrow("applicationKey: DatadogSecret.fromSecretsManager(secret, '<field>')");
    expect(stack.node.tryFindChild('M')).toBeUndefined();
  });

  test('carries at most as much as an event has room for', () => {
    const stack = newStack();
    const datadog = accountIn(stack);
    monitor(stack, 'Fits', { datadog, message: '"'.repeat(29_900) });
    const [{ properties }] = customResources(stack, 'Custom::DatadogMonitor');
    expect(Buffer.byteLength(JSON.stringify({ ResourceProperties: properties, OldResourceProperties: properties }))).toBeLessThan(256 * 1024);
    const refusal = /at most 120000 bytes as a JSON text in JSON.*got: 120[12]\d\d/;
    expect(() => monitor(stack, 'M', { datadog, message: 'ü'.repeat(60_000) })).toThrow(refusal);
    // What is escaped twice: \\\" for each.
    expect(() => monitor(stack, 'M', { datadog, message: '"'.repeat(30_000) })).toThrow(refusal);
    expect(stack.node.tryFindChild('M')).toBeUndefined();
  });
});
