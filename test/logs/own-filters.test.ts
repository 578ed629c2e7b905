// SPDX-License-Identifier: Apache-2.0
import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { account, filtersOf, forwarderIn, newApp } from './fixture';
import { LogForwarder } from '../../lib/logs';

const PERMISSION = 'ForwarderCloudWatchLogsPermissionB18F5575';

describe('a filter that the user makes', () => {
  const subscribe = (stack: Stack, logGroup: logs.ILogGroup, destination: LogForwarder) => new logs.SubscriptionFilter(stack, 'Sub', {
    logGroup, destination, filterPattern: logs.FilterPattern.literal('ERROR'),
  });

  test('waits for the same one permission', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const other = new Stack(app, 'Other');
    const forwarder = forwarderIn(stack);
    subscribe(stack, new logs.LogGroup(stack, 'Group'), forwarder);
    subscribe(other, new logs.LogGroup(other, 'Group'), forwarder);
    expect(filtersOf(stack)[0].dependsOn).toEqual([PERMISSION]);
    Template.fromStack(stack).resourcePropertiesCountIs('AWS::Lambda::Permission', { SourceAccount: Match.anyValue() }, 1);
    Template.fromStack(other).resourceCountIs('AWS::Lambda::Permission', 0);
  });

  test('is enough: the group gets no second one', () => {
    const stack = new Stack(newApp(), 'Stack');
    const forwarder = forwarderIn(stack);
    const group = new logs.LogGroup(stack, 'Group');
    subscribe(stack, group, forwarder);
    forwarder.addLogGroup(group, { service: 'web' });
    expect(filtersOf(stack)).toHaveLength(1);
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('what \'addLogGroup\' says of it does not reach the forwarder.*unnamedSubscription'));
  });

  test('beside one of ours makes every event arrive twice, which a warning says', () => {
    const stack = new Stack(newApp(), 'Stack');
    const forwarder = forwarderIn(stack);
    const group = new logs.LogGroup(stack, 'Group');
    forwarder.addLogGroup(group);
    subscribe(stack, group, forwarder);
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('duplicateSubscription'));
  });

  test.each<[string, (stack: Stack, group: logs.LogGroup, forwarder: LogForwarder) => void]>([
    ['after one of another forwarder', (stack, group, forwarder) => {
      forwarder.addLogGroup(group);
      subscribe(stack, group, new LogForwarder(stack, 'Second', { datadog: account(new Stack()) }));
    }],
    ['before one of ours', (stack, group, forwarder) => {
      new logs.CfnSubscriptionFilter(stack, 'L1', { logGroupName: group.logGroupName, filterPattern: '', destinationArn: forwarder.handler.functionArn });
      forwarder.addLogGroup(group);
    }],
    ['twice', (stack, group, forwarder) => {
      subscribe(stack, group, forwarder);
      subscribe(new Stack(stack.node.root as App, 'Other'), group, forwarder);
    }],
    ['for an imported forwarder', (stack, group, forwarder) => {
      const arn = 'arn:aws:lambda:eu-west-1:111111111111:function:datadog-forwarder';
      LogForwarder.fromFunctionArn(stack, 'Imported', arn);
      new logs.CfnSubscriptionFilter(stack, 'L1', { logGroupName: group.logGroupName, filterPattern: '', destinationArn: arn });
      forwarder.addLogGroup(group);
    }],
  ])('%s makes every event arrive twice, which one warning says', (_when, declare) => {
    const stack = new Stack(newApp(), 'Stack');
    declare(stack, new logs.LogGroup(stack, 'Group'), forwarderIn(stack));
    const warnings = (stack.node.root as App).synth().stacks.flatMap((artifact) => artifact.messages.map(({ entry }) => String(entry.data)));
    expect(warnings).toEqual([expect.stringMatching(/^log group 'Stack\/Group' has 2 subscription filters that lead to log forwarders.*duplicateSubscription/)]);
  });

  test('for somebody else is none of our business', () => {
    const stack = new Stack(newApp(), 'Stack');
    const group = new logs.LogGroup(stack, 'Group');
    forwarderIn(stack).addLogGroup(group);
    const destination = { bind: () => ({ arn: 'arn:aws:lambda:eu-west-1:111111111111:function:other' }) };
    group.addSubscriptionFilter('A', { destination, filterPattern: logs.FilterPattern.allEvents() });
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('duplicateSubscription'));
  });

  test('bound by something that holds the forwarder itself makes no cycle', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    forwarderIn(stack).bind(stack, new logs.LogGroup(stack, 'Group'));
    const [handler] = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
    expect(handler.DependsOn).not.toContain(PERMISSION);
  });
});
