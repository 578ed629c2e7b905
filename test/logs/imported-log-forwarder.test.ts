// SPDX-License-Identifier: Apache-2.0
import { Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { awslogs, filtersOf, image, newApp } from './fixture';
import { LogForwarder } from '../../lib/logs';
import { subscribeTaskDefinition } from '../../lib/logs/subscribe-task-definition';

const ARN = 'arn:aws:lambda:eu-west-1:111111111111:function:datadog-forwarder';
const env = { account: '111111111111', region: 'eu-west-1' };

function imported(functionArn = ARN) {
  const stack = new Stack(newApp(), 'Stack', { env });
  return { stack, forwarder: LogForwarder.fromFunctionArn(stack, 'Forwarder', functionArn) };
}

test('log groups, task definitions and filters of the user point at it; nothing of it is made', () => {
  const { stack, forwarder } = imported();
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
  taskDefinition.addContainer('app', { image, logging: awslogs() });
  forwarder.addLogGroup(new logs.LogGroup(stack, 'Group'));
  forwarder.addTaskDefinition(taskDefinition);
  new logs.SubscriptionFilter(stack, 'Sub', { logGroup: new logs.LogGroup(stack, 'Other'), destination: forwarder, filterPattern: logs.FilterPattern.allEvents() });
  expect(filtersOf(stack).map(({ properties }) => properties.DestinationArn)).toEqual([ARN, ARN, ARN]);
  Template.fromStack(stack).resourceCountIs('AWS::Lambda::Permission', 0);
  Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 0);
});

test('automatic instrumentation takes it as well', () => {
  const { stack, forwarder } = imported();
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
  const app = taskDefinition.addContainer('app', { image, logging: awslogs() });
  expect(subscribeTaskDefinition(forwarder, taskDefinition, { service: 'web' })).toMatchObject({ forwarded: [app], problems: [] });
});

test('what is said of the logs cannot reach it, which a warning says', () => {
  const { stack, forwarder } = imported();
  forwarder.addLogGroup(new logs.LogGroup(stack, 'Group'), { service: 'web' });
  Annotations.fromStack(stack).hasWarning('/Stack/Group', Match.stringLikeRegexp('does not reach an imported forwarder.*cdk-ecs-datadog:importedForwarder'));
});

test('region, account and its own group are known from its ARN', () => {
  const { stack, forwarder } = imported('arn:aws:lambda:us-east-1:111111111111:function:datadog-forwarder');
  expect(() => forwarder.addLogGroup(new logs.LogGroup(stack, 'Group'))).toThrow("'logGroup' must be in the forwarder's region 'us-east-1'");
  const own = imported();
  const group = logs.LogGroup.fromLogGroupName(own.stack, 'Own', '/aws/lambda/datadog-forwarder');
  expect(() => own.forwarder.addLogGroup(group)).toThrow("'logGroup' must not be the forwarder's own");
});

test('an ARN that only deployment knows passes', () => {
  const { stack, forwarder } = imported(Token.asString({ 'Fn::ImportValue': 'forwarder' }));
  forwarder.addLogGroup(new logs.LogGroup(stack, 'Group'));
  expect(filtersOf(stack)[0].properties.DestinationArn).toEqual({ 'Fn::ImportValue': 'forwarder' });
});
