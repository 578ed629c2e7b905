// SPDX-License-Identifier: Apache-2.0
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { forwarderIn, newApp } from './fixture';
import { AddStreamOptions } from '../../lib/logs';

const STREAM_ARN = 'arn:aws:kinesis:eu-west-1:123456789012:stream/logs';
const BUCKET = { 'Fn::GetAtt': ['ForwarderUndeliveredLogs50369638', 'Arn'] };

function setUp(app: App = newApp()) {
  const stack = new Stack(app, 'Stack');
  return { stack, forwarder: forwarderIn(stack), stream: kinesis.Stream.fromStreamArn(stack, 'Stream', STREAM_ARN) };
}

function statements(template: Template): any[] {
  return Object.values(template.findResources('AWS::IAM::Policy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

test('a stream is read from its beginning, record by record where one fails, and what fails for good is kept in the bucket', () => {
  const { stack, forwarder, stream } = setUp();
  forwarder.addStream(stream);
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    EventSourceArn: STREAM_ARN,
    FunctionName: { Ref: 'ForwarderHandlerE1CDAF31' },
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 100,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    BisectBatchOnFunctionError: true,
    MaximumRetryAttempts: 5,
    ParallelizationFactor: Match.absent(),
    DestinationConfig: { OnFailure: { Destination: BUCKET } },
  });
});

test('the options reach the mapping', () => {
  const { stack, forwarder, stream } = setUp();
  forwarder.addStream(stream, { startingPosition: lambda.StartingPosition.LATEST, batchSize: 20, parallelizationFactor: 10 });
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::EventSourceMapping', { StartingPosition: 'LATEST', BatchSize: 20, ParallelizationFactor: 10 });
});

test('the role may read the stream, and Lambda may store what failed: two actions', () => {
  const before = statements(Template.fromStack(setUp().stack));
  const { stack, forwarder, stream } = setUp();
  forwarder.addStream(stream);
  const known = before.map((statement) => JSON.stringify(statement));
  const added = statements(Template.fromStack(stack)).filter((statement) => !known.includes(JSON.stringify(statement)));
  const Condition = { StringEquals: { 's3:ResourceAccount': { Ref: 'AWS::AccountId' } } };
  expect(added).toEqual([
    { Effect: 'Allow', Action: 's3:PutObject', Resource: { 'Fn::Join': ['', [BUCKET, '/aws/lambda/*']] }, Condition },
    { Effect: 'Allow', Action: expect.arrayContaining(['kinesis:GetRecords', 'kinesis:GetShardIterator']), Resource: STREAM_ARN },
  ]);
  // The right to list the bucket was there for failed invocations.
  expect(JSON.stringify(added[1].Action)).not.toContain('Put');
});

test('the key of a stream may be used to decrypt, also where both are of another stack', () => {
  const app = newApp();
  const streams = new Stack(app, 'Streams');
  const stream = new kinesis.Stream(streams, 'Stream', { encryptionKey: new kms.Key(streams, 'Key') });
  const { stack, forwarder } = setUp(app);
  forwarder.addStream(stream);
  const Resource = { 'Fn::ImportValue': expect.stringContaining('Key') };
  expect(statements(Template.fromStack(stack))).toContainEqual({ Effect: 'Allow', Action: 'kms:Decrypt', Resource });
  expect(() => app.synth()).not.toThrow();
});

test('a stream that is added twice, or named twice, is read once', () => {
  const { stack, forwarder, stream } = setUp();
  forwarder.addStream(stream, { batchSize: 10 });
  forwarder.addStream(stream, { batchSize: 10 });
  forwarder.addStream(kinesis.Stream.fromStreamArn(stack, 'Again', STREAM_ARN), { batchSize: 10 });
  Template.fromStack(stack).resourceCountIs('AWS::Lambda::EventSourceMapping', 1);
  expect(() => forwarder.addStream(stream, { batchSize: 11 })).toThrow("'options' of stream 'Stack/Stream' must be the same in every call");
});

test('several streams are several mappings', () => {
  const { stack, forwarder, stream } = setUp();
  forwarder.addStream(stream);
  forwarder.addStream(new kinesis.Stream(stack, 'Other'));
  Template.fromStack(stack).resourceCountIs('AWS::Lambda::EventSourceMapping', 2);
});

test.each<[AddStreamOptions, string]>([
  [{ batchSize: 0 }, "'batchSize' must be a whole number from 1 to 10000, got: 0"],
  [{ batchSize: 10_001 }, "'batchSize' must be a whole number from 1 to 10000, got: 10001"],
  [{ parallelizationFactor: 1.5 }, "'parallelizationFactor' must be a whole number from 1 to 10, got: 1.5"],
  [{ startingPosition: lambda.StartingPosition.AT_TIMESTAMP }, "'startingPosition' must be TRIM_HORIZON or LATEST, got: AT_TIMESTAMP"],
])('bad options add nothing (%#)', (options, message) => {
  const { stack, forwarder, stream } = setUp();
  expect(() => forwarder.addStream(stream, options)).toThrow(message);
  Template.fromStack(stack).resourceCountIs('AWS::Lambda::EventSourceMapping', 0);
});

test('a stream of another region cannot be read', () => {
  const stack = new Stack(newApp(), 'Stack', { env: { account: '123456789012', region: 'us-east-1' } });
  const stream = kinesis.Stream.fromStreamArn(stack, 'Stream', STREAM_ARN);
  expect(() => forwarderIn(stack).addStream(stream)).toThrow("'stream' must be in the forwarder's region 'us-east-1', got: 'Stack/Stream' in 'eu-west-1'");
});
