// SPDX-License-Identifier: Apache-2.0
import { Duration, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { account, forwarderIn, newApp } from './fixture';
import { LogForwarder } from '../../lib/logs';

const HANDLER = { 'Fn::GetAtt': ['ForwarderHandlerE1CDAF31', 'Arn'] };

function templateWith(replayInterval?: Duration): Template {
  const stack = new Stack(newApp(), 'Stack');
  forwarderIn(stack, { replayInterval });
  return Template.fromStack(stack);
}

test('every five minutes the function is told to replay; what cannot be started is left to the next time', () => {
  templateWith().hasResourceProperties('AWS::Events::Rule', {
    ScheduleExpression: 'rate(5 minutes)',
    State: 'ENABLED',
    Targets: [{ Arn: HANDLER, Input: '{"action":"replay"}', RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 } }],
  });
});

test('only that rule may invoke the function besides CloudWatch Logs', () => {
  const template = templateWith();
  const [[ruleId]] = Object.entries(template.findResources('AWS::Events::Rule'));
  const permissions = Object.values(template.findResources('AWS::Lambda::Permission')).map(({ Properties }) => Properties);
  expect(permissions).toHaveLength(2);
  expect(permissions).toContainEqual({
    Action: 'lambda:InvokeFunction', FunctionName: HANDLER, Principal: 'events.amazonaws.com', SourceArn: { 'Fn::GetAtt': [ruleId, 'Arn'] },
  });
});

test('ids depend on nothing but the place in the tree', () => {
  const ids = () => [...Object.keys(templateWith().findResources('AWS::Events::Rule')), ...Object.keys(templateWith().findResources('AWS::Lambda::Permission'))];
  expect(ids()).toEqual(ids());
  expect(ids()).toContain('ForwarderReplayCCA852B0');
});

test.each([
  [Duration.minutes(1), 'rate(1 minute)'],
  [Duration.minutes(90), 'rate(90 minutes)'],
  [Duration.hours(12), 'rate(12 hours)'],
])('the interval is a property (%#)', (interval, expression) => {
  templateWith(interval).hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: expression });
});

test('an interval may be known at deployment only', () => {
  templateWith(Duration.minutes(Token.asNumber({ Ref: 'Minutes' }))).hasResourceProperties('AWS::Events::Rule', {
    ScheduleExpression: { 'Fn::Join': ['', ['rate(', { Ref: 'Minutes' }, ' minutes)']] },
  });
});

test('two forwarders in one scope have a schedule each', () => {
  const stack = new Stack(newApp(), 'Stack');
  const datadog = account(stack);
  ['One', 'Two'].forEach((id) => new LogForwarder(stack, id, { datadog }));
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::Events::Rule', 2);
  template.allResourcesProperties('AWS::Events::Rule', { Targets: [Match.objectLike({ Input: '{"action":"replay"}' })] });
});
