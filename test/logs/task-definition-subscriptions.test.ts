// SPDX-License-Identifier: Apache-2.0
import { App, Aspects, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { awslogs, filtersOf, forwarderIn, identitiesOf, image, newApp } from './fixture';
import { ILogForwarder } from '../../lib/logs';
import { TaskIdentity } from '../../lib/logs/container-identity';
import { subscribeTaskDefinition } from '../../lib/logs/subscribe-task-definition';

function task(scope: Construct, id = 'Task'): ecs.FargateTaskDefinition {
  return new ecs.FargateTaskDefinition(scope, id, { family: id.toLowerCase() });
}

/** A driver as users write it by hand. */
function named(group: string, options: { [name: string]: string } = {}): ecs.LogDriver {
  return new ecs.GenericLogDriver({ logDriver: 'awslogs', options: { 'awslogs-group': group, 'awslogs-stream-prefix': 'app', ...options } });
}

describe('addTaskDefinition', () => {
  test('subscribes the groups of containers added before and after, and of those built in another scope', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const forwarder = forwarderIn(stack);
    const taskDefinition = task(stack);
    taskDefinition.addContainer('before', { image, logging: awslogs() });
    forwarder.addTaskDefinition(taskDefinition);
    taskDefinition.addContainer('after', { image, logging: awslogs() });
    new ecs.ContainerDefinition(new Construct(stack, 'Elsewhere'), 'third', { image, taskDefinition, logging: awslogs() });
    expect(filtersOf(stack).map(({ properties }) => properties.LogGroupName.Ref)).toEqual([
      expect.stringContaining('before'), expect.stringContaining('after'), expect.stringContaining('third'),
    ]);
  });

  test('refuses a task definition that was imported, with the reason', () => {
    const stack = new Stack(newApp(), 'Stack');
    const theirs = ecs.TaskDefinition.fromTaskDefinitionArn(stack, 'Theirs', 'arn:aws:ecs:eu-west-1:111122223333:task-definition/web:7') as ecs.TaskDefinition;
    expect(() => forwarderIn(stack).addTaskDefinition(theirs)).toThrow("'taskDefinition' must be declared in this app, since nothing can be added to one that was imported");
  });

  test('twice is once', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const forwarder = forwarderIn(stack);
    const taskDefinition = task(stack);
    const logGroup = new logs.LogGroup(stack, 'Group');
    taskDefinition.addContainer('a', { image, logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'x', logGroup }) });
    taskDefinition.addContainer('b', { image, logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'x', logGroup }) });
    forwarder.addTaskDefinition(taskDefinition, { service: 'web' });
    forwarder.addTaskDefinition(taskDefinition, { service: 'web', clusterName: 'prod' });
    forwarder.addLogGroup(logGroup);
    expect(filtersOf(stack)).toHaveLength(1);
    expect(Object.values<any>(identitiesOf(app, stack))).toEqual([{
      containers: {
        a: { service: 'web', source: 'redis', taskFamily: 'task', cluster: 'prod' },
        b: { service: 'web', source: 'redis', taskFamily: 'task', cluster: 'prod' },
      },
    }]);
  });

  test('contradicting calls are an error', () => {
    const stack = new Stack(newApp(), 'Stack');
    const forwarder = forwarderIn(stack);
    const taskDefinition = task(stack);
    taskDefinition.addContainer('app', { image, logging: awslogs() });
    forwarder.addTaskDefinition(taskDefinition, { service: 'web', filterPattern: logs.FilterPattern.literal('ERROR') });
    expect(() => forwarder.addTaskDefinition(taskDefinition, { service: 'api' })).toThrow("'service' of task definition 'Stack/Task' must be the same in every call");
    expect(() => forwarder.addTaskDefinition(taskDefinition, { filterPattern: logs.FilterPattern.literal('WARN') })).toThrow("'filterPattern' of task definition");
  });

  test('a literal group is one filter in the task\'s stack, however many tasks name it', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const other = new Stack(app, 'Other');
    const forwarder = forwarderIn(stack);
    const [one, two] = [task(other, 'One'), task(other, 'Two')];
    one.addContainer('app', { image, logging: named('/ecs/app') });
    two.addContainer('web', { image, logging: named('/ecs/app') });
    forwarder.addTaskDefinition(one);
    forwarder.addTaskDefinition(two);
    forwarder.addLogGroup(logs.LogGroup.fromLogGroupName(other, 'Imported', '/ecs/app'));
    expect(filtersOf(stack)).toEqual([]);
    expect(filtersOf(other)).toEqual([expect.objectContaining({
      id: expect.stringMatching(/^DatadogLogSubscriptionsecsapp/), properties: expect.objectContaining({ LogGroupName: '/ecs/app' }),
    })]);
  });

  test('a group of another stack is subscribed in the task\'s stack, which may hold the forwarder: no cycle', () => {
    const app = newApp();
    const base = new Stack(app, 'Base');
    const stack = new Stack(app, 'Stack');
    const logGroup = new logs.LogGroup(base, 'Group');
    const forwarder = forwarderIn(stack);
    for (const id of ['One', 'Two']) {
      const taskDefinition = task(stack, id);
      taskDefinition.addContainer('app', { image, logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'x', logGroup }) });
      forwarder.addTaskDefinition(taskDefinition);
    }
    forwarder.addLogGroup(logGroup);
    app.synth();
    expect(filtersOf(base)).toEqual([]);
    expect(filtersOf(stack)).toEqual([expect.objectContaining({
      id: expect.stringMatching(/^DatadogLogSubscriptionsBaseGroup/),
      properties: expect.objectContaining({ LogGroupName: { 'Fn::ImportValue': expect.stringContaining('Group') } }),
    })]);
    expect(base.dependencies).toEqual([]);
  });

  test('a group that only deployment knows gets a filter named by its container', () => {
    const stack = new Stack(newApp(), 'Stack');
    const taskDefinition = task(stack);
    taskDefinition.addContainer('app', { image, logging: named(Token.asString({ 'Fn::ImportValue': 'group' })) });
    forwarderIn(stack).addTaskDefinition(taskDefinition);
    expect(filtersOf(stack)).toEqual([expect.objectContaining({
      id: expect.stringMatching(/^TaskDatadogLogSubscriptionsapp/), properties: expect.objectContaining({ LogGroupName: { 'Fn::ImportValue': 'group' } }),
    })]);
  });

  test('a group that cannot be forwarded is an error before anything is added', () => {
    const stack = new Stack(newApp(), 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
    const forwarder = forwarderIn(stack);
    const taskDefinition = task(stack);
    taskDefinition.addContainer('fine', { image, logging: awslogs() });
    taskDefinition.addContainer('far', { image, logging: named('/ecs/app', { 'awslogs-region': 'us-east-1' }) });
    expect(() => forwarder.addTaskDefinition(taskDefinition))
      .toThrow("container 'far' of 'Stack/Task': 'logGroup' must be in the forwarder's region 'eu-west-1', got: '/ecs/app' in 'us-east-1'");
    expect(filtersOf(stack)).toEqual([]);
  });

  test('a container that does not exist is an error once everything is declared', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const taskDefinition = task(stack);
    forwarderIn(stack).addTaskDefinition(taskDefinition, { containers: { ngnix: { source: 'nginx' } } });
    taskDefinition.addContainer('nginx', { image, logging: awslogs() });
    expect(() => app.synth()).toThrow("'containers' must name containers of the task definition (nginx), got: 'ngnix'");
  });

  test('a task without any awslogs group is told', () => {
    const stack = new Stack(newApp(), 'Stack');
    const taskDefinition = task(stack);
    taskDefinition.addContainer('app', { image });
    forwarderIn(stack).addTaskDefinition(taskDefinition);
    Annotations.fromStack(stack).hasWarning('/Stack/Task', Match.stringLikeRegexp('no container of \'Stack/Task\' has the awslogs driver.*noLogGroup'));
  });

  test('invalid tags are an error', () => {
    const stack = new Stack(newApp(), 'Stack');
    const forwarder = forwarderIn(stack);
    expect(() => forwarder.addTaskDefinition(task(stack), { env: 'a b' })).toThrow("'env' must start with a letter");
    expect(() => forwarder.addTaskDefinition(task(stack, 'Three'), { tags: { version: '1' } }))
      .toThrow("'tags' must not hold env, service, source, version, got: 'version:1'");
    expect(() => forwarder.addTaskDefinition(task(stack, 'Two'), { containers: { app: { service: '' } } })).toThrow("'service' must start with a letter");
  });
});

describe('subscribeTaskDefinition, for automatic instrumentation', () => {
  function routesOf(forwarder: ILogForwarder, taskDefinition: ecs.TaskDefinition) {
    const names = (containers: ecs.ContainerDefinition[]) => containers.map(({ containerName }) => containerName);
    const { forwarded, refused, elsewhere, none, problems } = subscribeTaskDefinition(forwarder, taskDefinition, { service: 'web' });
    return {
      forwarded: names(forwarded), refused: names(refused), elsewhere: names(elsewhere), none: names(none), problems: problems.map(({ id }) => id),
    };
  }

  test('tells for every container where its logs go, and throws over nothing', () => {
    const stack = new Stack(newApp(), 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
    const forwarder = forwarderIn(stack);
    const taskDefinition = task(stack);
    taskDefinition.addContainer('fine', { image, logging: awslogs() });
    taskDefinition.addContainer('far', { image, logging: named('/ecs/app', { 'awslogs-region': 'us-east-1' }) });
    taskDefinition.addContainer('own', { image, logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'x', logGroup: forwarder.logGroup }) });
    taskDefinition.addContainer('late', { image, logging: named('/ecs/late', { 'awslogs-create-group': 'true' }) });
    taskDefinition.addContainer('nameless', { image, logging: new ecs.GenericLogDriver({ logDriver: 'awslogs' }) });
    taskDefinition.addContainer('router', { image, logging: ecs.LogDrivers.firelens({}) });
    taskDefinition.addContainer('silent', { image });
    expect(routesOf(forwarder, taskDefinition)).toEqual({
      forwarded: ['fine'],
      refused: ['far', 'own', 'late', 'nameless'],
      elsewhere: ['router'],
      none: ['silent'],
      problems: ['foreignLogGroup', 'forwardsItself', 'unknownLogGroup', 'unknownLogGroup'].map((id) => `cdk-ecs-datadog:${id}`),
    });
    expect(filtersOf(stack)).toHaveLength(1);
  });

  test('may run inside an Aspect: it adds none', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const forwarder = forwarderIn(stack);
    const taskDefinition = task(stack);
    taskDefinition.addContainer('app', { image, logging: awslogs() });
    Aspects.of(app).add({
      visit: (node) => {
        if (node instanceof ecs.TaskDefinition) {
          subscribeTaskDefinition(forwarder, node, { service: 'web' });
        }
      },
    });
    expect(Object.values<any>(identitiesOf(app, stack))).toEqual([{ containers: { app: { service: 'web', source: 'redis', taskFamily: 'task' } } }]);
    expect(Aspects.of(taskDefinition).all).toEqual([]);
  });

  test('takes no filter that the user has taken, wherever it stands', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const forwarder = forwarderIn(stack);
    const logGroup = new logs.LogGroup(stack, 'Group');
    for (const id of ['A', 'B']) {
      const destination = { bind: () => ({ arn: 'arn:aws:lambda:eu-west-1:111111111111:function:other' }) };
      new logs.SubscriptionFilter(stack, id, { logGroup, destination, filterPattern: logs.FilterPattern.allEvents() });
    }
    const taskDefinition = task(stack);
    taskDefinition.addContainer('app', { image, logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'x', logGroup }) });
    expect(routesOf(forwarder, taskDefinition)).toMatchObject({ refused: ['app'], problems: ['cdk-ecs-datadog:subscriptionLimit'] });
    expect(() => app.synth()).not.toThrow();
  });

  test('leaves what the user said before, and names that deployment makes, without a word', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const forwarder = forwarderIn(stack);
    const taskDefinition = task(stack);
    taskDefinition.addContainer('app', { image, logging: awslogs() });
    forwarder.addTaskDefinition(taskDefinition, { service: 'mine' });
    const { problems } = subscribeTaskDefinition(forwarder, taskDefinition, {
      service: 'automatic', env: 'prod', clusterName: Token.asString({ Ref: 'Cluster' }), ecsServiceName: 'web-svc',
    });
    expect(problems).toEqual([]);
    expect(Object.values<any>(identitiesOf(app, stack))[0].containers.app).toEqual({
      service: 'mine', env: 'prod', source: 'redis', taskFamily: 'task', ecsService: 'web-svc',
    });
  });

  test.each<[string, TaskIdentity, object]>([
    ['known at deployment only', { clusterName: Token.asString({ Ref: 'Cluster' }), ownCluster: true }, { ownCluster: true }],
    ['not given', { ownCluster: true }, { ownCluster: true }],
    ['a literal', { clusterName: 'prod', ownCluster: true }, { cluster: 'prod' }],
    ["known at deployment only and not the forwarder's own", { clusterName: Token.asString({ Ref: 'Cluster' }), ownCluster: false }, {}],
  ])('a cluster whose name is %s', (_name, identity, expected) => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const taskDefinition = task(stack);
    taskDefinition.addContainer('app', { image, logging: awslogs() });
    expect(subscribeTaskDefinition(forwarderIn(stack), taskDefinition, identity).problems).toEqual([]);
    expect(Object.values<any>(identitiesOf(app, stack))[0].containers.app).toEqual({ source: 'redis', taskFamily: 'task', ...expected });
  });

  test('tasks of the own and of another cluster that cannot be told apart carry no cluster', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const forwarder = forwarderIn(stack);
    const logging = ecs.LogDrivers.awsLogs({ streamPrefix: 'x', logGroup: new logs.LogGroup(stack, 'Group') });
    const tasks = ['One', 'Two'].map((id) => new ecs.FargateTaskDefinition(stack, id, { family: 'same' }));
    tasks.forEach((taskDefinition) => taskDefinition.addContainer('app', { image, logging }));
    subscribeTaskDefinition(forwarder, tasks[0], { ownCluster: true });
    subscribeTaskDefinition(forwarder, tasks[1], { clusterName: 'prod' });
    expect(Object.values<any>(identitiesOf(app, stack))[0].containers.app).toEqual({ source: 'redis', taskFamily: 'same' });
    Annotations.fromStack(stack).hasWarning('/Stack/Forwarder', Match.stringLikeRegexp(', and cluster differ:.*ambiguousLogIdentity'));
  });

  test.each(['the user first', 'the user last'])("a cluster name that the user gave as a token is the forwarder's own all the same: %s", (order) => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const forwarder = forwarderIn(stack);
    const taskDefinition = task(stack);
    taskDefinition.addContainer('app', { image, logging: awslogs() });
    const calls = [
      () => forwarder.addTaskDefinition(taskDefinition, { clusterName: Token.asString({ Ref: 'Cluster' }) }),
      () => subscribeTaskDefinition(forwarder, taskDefinition, { ownCluster: true }),
    ];
    (order === 'the user first' ? calls : calls.reverse()).forEach((call) => call());
    expect(Object.values<any>(identitiesOf(app, stack))[0].containers.app).toMatchObject({ ownCluster: true });
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('unresolvedLogIdentity'));
  });

  test('works with a forwarder that this library did not make', () => {
    class Own extends Construct implements ILogForwarder {
      public addLogGroup(): void { throw new Error('unused'); }
      public addTaskDefinition(): void { throw new Error('unused'); }
      public addService(): void { throw new Error('unused'); }
      public bind(): logs.LogSubscriptionDestinationConfig {
        return { arn: 'arn:aws:lambda:eu-west-1:111111111111:function:own' };
      }
    }
    const stack = new Stack(new App(), 'Stack');
    const taskDefinition = task(stack);
    taskDefinition.addContainer('app', { image, logging: awslogs() });
    expect(routesOf(new Own(stack, 'Own'), taskDefinition).forwarded).toEqual(['app']);
    expect(filtersOf(stack)[0].properties.DestinationArn).toContain('function:own');
  });
});
