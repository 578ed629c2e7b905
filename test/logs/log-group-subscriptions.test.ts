// SPDX-License-Identifier: Apache-2.0
import { NestedStack, Stack, StackProps, Stage, Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { account, filtersOf, forwarderIn, identitiesOf, image, newApp } from './fixture';
import { LogForwarder } from '../../lib/logs';

const PERMISSION = 'ForwarderCloudWatchLogsPermissionB18F5575';

describe('where a filter stands', () => {
  test('beside its log group, after the permission', () => {
    const stack = new Stack(newApp(), 'Stack');
    const forwarder = forwarderIn(stack);
    forwarder.addLogGroup(new logs.LogGroup(stack, 'Group'));
    expect(filtersOf(stack)).toEqual([{
      id: expect.stringMatching(/^GroupDatadogLogForwarder/),
      properties: {
        DestinationArn: { 'Fn::GetAtt': ['ForwarderHandlerE1CDAF31', 'Arn'] },
        FilterName: expect.stringMatching(/^Stack-Group-[0-9A-F]{8}-DatadogLogForwarder$/),
        FilterPattern: '',
        LogGroupName: { Ref: 'GroupC77FDACD' },
      },
      dependsOn: [PERMISSION],
    }]);
  });

  test.each([['before', true], ['after', false]])('in the stack of its log group, which is declared %s the forwarder: no cycle', (_when, groupFirst) => {
    const app = newApp();
    const [first, second] = [new Stack(app, 'First'), new Stack(app, 'Second')];
    const [groups, central] = groupFirst ? [first, second] : [second, first];
    const group = new logs.LogGroup(groups, 'Group');
    const forwarder = forwarderIn(central);
    forwarder.addLogGroup(group);
    forwarder.addLogGroup(new logs.LogGroup(central, 'Own'));
    app.synth();
    expect(filtersOf(groups)).toHaveLength(1);
    expect(filtersOf(central)).toHaveLength(1);
    expect(groups.dependencies).toEqual([central]);
    expect(central.dependencies).toEqual([]);
  });

  test('in the nested stack of its log group', () => {
    const stack = new Stack(newApp(), 'Stack');
    const nested = new NestedStack(stack, 'Nested');
    forwarderIn(stack).addLogGroup(new logs.LogGroup(nested, 'Group'));
    const [filter] = filtersOf(nested);
    expect(filter.properties.DestinationArn).toEqual({ Ref: expect.stringContaining('ForwarderHandler') });
    // The permission is the parent's, so the nested stack as a whole waits for it.
    Template.fromStack(stack).hasResource('AWS::CloudFormation::Stack', { DependsOn: Match.arrayWith([PERMISSION]) });
  });

  test('in the parent where the forwarder is nested', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const nested = new NestedStack(stack, 'Nested');
    forwarderIn(nested).addLogGroup(new logs.LogGroup(stack, 'Group'), { service: 'web' });
    expect(() => app.synth()).not.toThrow();
    expect(filtersOf(stack)[0].dependsOn).toEqual([expect.stringMatching(/^NestedNestedStack/)]);
  });

  test('beside an L1 log group, and beside one whose name the user gave', () => {
    const stack = new Stack(newApp(), 'Stack');
    const forwarder = forwarderIn(stack);
    forwarder.addLogGroup(new logs.CfnLogGroup(stack, 'Low'));
    forwarder.addLogGroup(new logs.LogGroup(stack, 'Named', { logGroupName: '/ecs/named' }));
    expect(filtersOf(stack).map(({ properties }) => properties.LogGroupName)).toEqual([{ Ref: 'Low' }, { Ref: expect.stringMatching(/^Named/) }]);
  });

  test('in the stack of an imported log group, one for each name', () => {
    const stack = new Stack(newApp(), 'Stack');
    const forwarder = forwarderIn(stack);
    forwarder.addLogGroup(logs.LogGroup.fromLogGroupName(stack, 'One', '/ecs/app'));
    forwarder.addLogGroup(logs.LogGroup.fromLogGroupName(stack, 'Again', '/ecs/app'));
    forwarder.addLogGroup(logs.LogGroup.fromLogGroupName(stack, 'Other', '--ecs--app'));
    forwarder.addLogGroup(logs.LogGroup.fromLogGroupName(stack, 'Late', Token.asString({ 'Fn::ImportValue': 'group' })));
    const filters = filtersOf(stack);
    expect(filters.map(({ properties }) => properties.LogGroupName)).toEqual(['/ecs/app', '--ecs--app', { 'Fn::ImportValue': 'group' }]);
    expect(new Set(filters.map(({ properties }) => properties.FilterName)).size).toBe(3);
  });
});

describe('one group is one filter', () => {
  test('whichever way the group is named', () => {
    const stack = new Stack(newApp(), 'Stack');
    const group = new logs.LogGroup(stack, 'Group', { logGroupName: '/ecs/app' });
    const forwarder = forwarderIn(stack);
    forwarder.addLogGroup(group);
    forwarder.addLogGroup(group);
    forwarder.addLogGroup(logs.LogGroup.fromLogGroupName(stack, 'ByName', '/ecs/app'));
    forwarder.addLogGroup(logs.LogGroup.fromLogGroupName(stack, 'ByToken', group.logGroupName));
    expect(filtersOf(stack)).toHaveLength(1);
  });

  test.each<[string, StackProps]>([
    ['a stack that can be deployed anywhere', {}],
    ['a stack of one account and region', { env: { account: '111111111111', region: 'eu-west-1' } }],
  ])('whether its account and region are named or not, in %s', (_where, props) => {
    const stack = new Stack(newApp(), 'Stack', props);
    const forwarder = forwarderIn(stack);
    forwarder.addLogGroup(logs.LogGroup.fromLogGroupName(stack, 'ByName', '/ecs/app'));
    forwarder.addLogGroup(logs.LogGroup.fromLogGroupArn(stack, 'ByArn', 'arn:aws:logs:eu-west-1:111111111111:log-group:/ecs/app:*'));
    const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
    taskDefinition.addContainer('app', {
      image, logging: new ecs.GenericLogDriver({ logDriver: 'awslogs', options: { 'awslogs-group': '/ecs/app', 'awslogs-region': 'eu-west-1' } }),
    });
    forwarder.addTaskDefinition(taskDefinition);
    expect(filtersOf(stack)).toHaveLength(1);
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('duplicateSubscription'));
  });

  test('of one name in two regions are two', () => {
    const app = newApp();
    const stacks = ['eu-west-1', 'us-east-1'].map((region) => new Stack(app, region, { env: { account: '111111111111', region } }));
    for (const stack of stacks) {
      const forwarder = forwarderIn(stack);
      forwarder.addLogGroup(new logs.LogGroup(stack, 'Group', { logGroupName: '/ecs/app' }));
      const destination = { bind: () => ({ arn: 'arn:aws:lambda:eu-west-1:111111111111:function:other' }) };
      new logs.LogGroup(stack, 'Other', { logGroupName: '/ecs/other' }).addSubscriptionFilter('A', { destination, filterPattern: logs.FilterPattern.allEvents() });
      forwarder.addLogGroup(logs.LogGroup.fromLogGroupName(stack, 'Imported', '/ecs/other'));
    }
    expect(() => app.synth()).not.toThrow();
    for (const stack of stacks) {
      expect(filtersOf(stack)).toHaveLength(3);
      Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('duplicateSubscription'));
    }
  });

  test('what two calls say of it adds up, in any order', () => {
    const identities = [0, 1].map((first) => {
      const app = newApp();
      const stack = new Stack(app, 'Stack');
      const group = new logs.LogGroup(stack, 'Group');
      const forwarder = forwarderIn(stack);
      const calls = [() => forwarder.addLogGroup(group, { service: 'web', tags: { a: '1' } }), () => forwarder.addLogGroup(group, { source: 'nginx', tags: { b: '2' } })];
      calls[first]();
      calls[1 - first]();
      return Object.values(identitiesOf(app, stack))[0];
    });
    expect(identities[0]).toEqual({ service: 'web', source: 'nginx', tags: ['a:1', 'b:2'] });
    expect(identities[1]).toEqual(identities[0]);
  });

  test('two values for one property are an error', () => {
    const stack = new Stack(newApp(), 'Stack');
    const group = new logs.LogGroup(stack, 'Group');
    const forwarder = forwarderIn(stack);
    forwarder.addLogGroup(group, { service: 'web', tags: { a: '1' }, filterPattern: logs.FilterPattern.literal('ERROR') });
    expect(() => forwarder.addLogGroup(group, { service: 'api' })).toThrow("'service' of log group 'Stack/Group' must be the same in every call");
    expect(() => forwarder.addLogGroup(group, { tags: { a: '2' } })).toThrow("'tags.a' of log group");
    expect(() => forwarder.addLogGroup(group, { filterPattern: logs.FilterPattern.literal('WARN') })).toThrow("'filterPattern' of log group");
  });

  test('a pattern counts whichever call names it', () => {
    const stack = new Stack(newApp(), 'Stack');
    const group = new logs.LogGroup(stack, 'Group');
    const forwarder = forwarderIn(stack);
    forwarder.addLogGroup(group);
    forwarder.addLogGroup(group, { filterPattern: logs.FilterPattern.anyTerm('ERROR', 'WARN') });
    forwarder.addLogGroup(group);
    expect(filtersOf(stack)[0].properties.FilterPattern).toBe('?"ERROR" ?"WARN"');
  });

  test('a changed identity replaces no filter, and unrelated groups change no ids', () => {
    const synth = (service: string, others: string[]) => {
      const stack = new Stack(newApp(), 'Stack');
      const forwarder = forwarderIn(stack);
      others.forEach((id) => forwarder.addLogGroup(new logs.LogGroup(stack, id)));
      forwarder.addLogGroup(new logs.LogGroup(stack, 'Group'), { service });
      return filtersOf(stack).find(({ id }) => id.startsWith('Group'));
    };
    const before = synth('web', []);
    expect(before).toBeDefined();
    expect(synth('shop', ['Another', 'Zebra'])).toEqual(before);
  });
});

describe('a log group that cannot be subscribed is an error before anything is added', () => {
  const env = { account: '111111111111', region: 'eu-west-1' };
  const refusedBy = (forwarder: LogForwarder, group: logs.ILogGroup, message: string) => {
    const before = group.stack.node.findAll().length;
    expect(() => forwarder.addLogGroup(group)).toThrow(message);
    expect(group.stack.node.findAll()).toHaveLength(before);
    const filter = () => new logs.SubscriptionFilter(group.stack, 'Sub', { logGroup: group, destination: forwarder, filterPattern: logs.FilterPattern.allEvents() });
    expect(filter).toThrow(message);
  };

  test('another region', () => {
    const app = newApp();
    const group = new logs.LogGroup(new Stack(app, 'Elsewhere', { env: { ...env, region: 'us-east-1' } }), 'Group');
    refusedBy(forwarderIn(new Stack(app, 'Stack', { env })), group, "'logGroup' must be in the forwarder's region 'eu-west-1', got: 'Elsewhere/Group' in 'us-east-1'");
  });

  test('another account, also of an imported group', () => {
    const stack = new Stack(newApp(), 'Stack', { env });
    const group = logs.LogGroup.fromLogGroupArn(stack, 'Group', 'arn:aws:logs:eu-west-1:222222222222:log-group:/ecs/app:*');
    refusedBy(forwarderIn(stack), group, "'logGroup' must be in the forwarder's account '111111111111', got: '/ecs/app' in '222222222222'");
  });

  test('a region that is known at deployment only passes', () => {
    const stack = new Stack(newApp(), 'Stack');
    const forwarder = forwarderIn(stack);
    forwarder.addLogGroup(logs.LogGroup.fromLogGroupArn(stack, 'Group', 'arn:aws:logs:eu-west-1:222222222222:log-group:/ecs/app:*'));
    expect(filtersOf(stack)).toHaveLength(1);
  });

  test('another Stage', () => {
    const app = newApp();
    const group = new logs.LogGroup(new Stack(new Stage(app, 'Other'), 'Stack'), 'Group');
    expect(() => forwarderIn(new Stack(app, 'Stack')).addLogGroup(group)).toThrow("'logGroup' must be in the forwarder's Stage");
  });

  test('the Infrequent Access class', () => {
    const stack = new Stack(newApp(), 'Stack');
    const group = new logs.LogGroup(stack, 'Group', { logGroupClass: logs.LogGroupClass.INFREQUENT_ACCESS });
    refusedBy(forwarderIn(stack), group, "'logGroup' must be of class 'STANDARD' to be subscribed, got: 'Stack/Group' of class 'INFREQUENT_ACCESS'");
  });

  test('the forwarder\'s own', () => {
    const stack = new Stack(newApp(), 'Stack');
    const forwarder = forwarderIn(stack);
    refusedBy(forwarder, forwarder.logGroup, "'logGroup' must not be the forwarder's own");
    const again = logs.LogGroup.fromLogGroupName(stack, 'Again', forwarder.logGroup.logGroupName);
    expect(() => forwarder.addLogGroup(again)).toThrow("'logGroup' must not be the forwarder's own");
  });

  test('invalid tags', () => {
    const stack = new Stack(newApp(), 'Stack');
    const group = new logs.LogGroup(stack, 'Group');
    expect(() => forwarderIn(stack).addLogGroup(group, { service: 'my service' })).toThrow("'service' must start with a letter");
    expect(() => new LogForwarder(stack, 'F2', { datadog: account(new Stack()) }).addLogGroup(group, { source: '1' })).toThrow("'source' must start with a letter");
    expect(filtersOf(stack)).toEqual([]);
  });
});

describe('CloudWatch Logs takes two filters a group', () => {
  test('two forwarders are two filters with names of their own', () => {
    const stack = new Stack(newApp(), 'Stack');
    const group = new logs.LogGroup(stack, 'Group');
    const datadog = account(stack);
    const [one, two, three] = ['One', 'Two', 'Three'].map((id) => new LogForwarder(stack, id, { datadog }));
    one.addLogGroup(group);
    two.addLogGroup(group);
    two.addLogGroup(group);
    expect(() => three.addLogGroup(group)).toThrow("'logGroup' must have a subscription filter left, of the 2 that CloudWatch Logs allows, got: 'Stack/Group' with none");
    // Said by both of them, and so once.
    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('duplicateSubscription')).map(({ entry }) => entry.data)).toEqual([
      "log group 'Stack/Group' has 2 subscription filters that lead to log forwarders ('Stack/Group/DatadogLogForwarder', 'Stack/Group/SecondDatadogLogForwarder'), "
        + 'so Datadog gets its events as often [ack: cdk-ecs-datadog:duplicateSubscription]',
    ]);
    const filters = filtersOf(stack);
    expect(new Set(filters.map(({ id }) => id)).size).toBe(2);
    expect(new Set(filters.map(({ properties }) => properties.FilterName)).size).toBe(2);
    expect(new Set(filters.map(({ properties }) => JSON.stringify(properties.DestinationArn))).size).toBe(2);
  });

  test('also for a group known by name', () => {
    const stack = new Stack(newApp(), 'Stack');
    const group = logs.LogGroup.fromLogGroupName(stack, 'Group', '/ecs/app');
    const datadog = account(stack);
    const [one, two, three] = ['One', 'Two', 'Three'].map((id) => new LogForwarder(stack, id, { datadog }));
    one.addLogGroup(group);
    two.addLogGroup(group);
    expect(() => three.addLogGroup(group)).toThrow("got: '/ecs/app' with none");
  });

  test('filters of the user beside the group count', () => {
    const stack = new Stack(newApp(), 'Stack');
    const group = new logs.LogGroup(stack, 'Group');
    const destination = { bind: () => ({ arn: 'arn:aws:lambda:eu-west-1:111111111111:function:other' }) };
    group.addSubscriptionFilter('A', { destination, filterPattern: logs.FilterPattern.allEvents() });
    group.addSubscriptionFilter('B', { destination, filterPattern: logs.FilterPattern.allEvents() });
    expect(() => forwarderIn(stack).addLogGroup(group)).toThrow("'logGroup' must have a subscription filter left");
  });

  test('filters of the user anywhere count, once everything is declared', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const group = new logs.LogGroup(stack, 'Group');
    forwarderIn(stack).addLogGroup(group);
    for (const id of ['A', 'B']) {
      new logs.CfnSubscriptionFilter(stack, id, { logGroupName: group.logGroupName, filterPattern: '', destinationArn: 'arn:aws:lambda:eu-west-1:111111111111:function:x' });
    }
    expect(() => app.synth()).toThrow("log group 'Stack/Group' has 3 subscription filters, CloudWatch Logs allows 2");
  });
});
