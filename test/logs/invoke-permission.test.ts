// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { account, forwarderIn, newApp } from './fixture';
import { LogForwarder } from '../../lib/logs';

function permissionOf(region: string | undefined): Record<string, unknown> {
  const stack = new Stack(newApp(), 'Stack', region === undefined ? {} : { env: { account: '111111111111', region } });
  forwarderIn(stack);
  const permissions = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Permission')).map(({ Properties }) => Properties);
  return permissions.find(({ Principal }) => Principal !== 'events.amazonaws.com')!;
}

test('CloudWatch Logs may invoke the function for every log group of its account and region', () => {
  expect(permissionOf('eu-west-1')).toEqual({
    Action: 'lambda:InvokeFunction',
    FunctionName: { 'Fn::GetAtt': ['ForwarderHandlerE1CDAF31', 'Arn'] },
    Principal: 'logs.amazonaws.com',
    SourceAccount: '111111111111',
    SourceArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:eu-west-1:111111111111:log-group:*:*']] },
  });
});

test.each([
  ['us-gov-west-1', 'logs.amazonaws.com'],
  ['cn-north-1', 'logs.amazonaws.com.cn'],
  [undefined, { 'Fn::Join': ['', ['logs.', { Ref: 'AWS::URLSuffix' }]] }],
])('in region %s the principal is the partition\'s', (region, principal) => {
  expect(permissionOf(region).Principal).toEqual(principal);
});

test('no ARN names a partition by itself', () => {
  const stack = new Stack(newApp(), 'Stack');
  const forwarder = new LogForwarder(stack, 'Forwarder', { datadog: account(new Stack()) });
  forwarder.addLogGroup(new logs.LogGroup(stack, 'Group'));
  const template = JSON.stringify(Template.fromStack(stack).toJSON());
  expect(template.replace(/arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf/g, '')).not.toContain('arn:aws');
});

test('two forwarders in one scope have a permission each, besides that of their schedule', () => {
  const stack = new Stack(newApp(), 'Stack');
  const datadog = account(stack);
  new LogForwarder(stack, 'One', { datadog });
  new LogForwarder(stack, 'Two', { datadog });
  Template.fromStack(stack).resourceCountIs('AWS::Lambda::Permission', 4);
});
