// SPDX-License-Identifier: Apache-2.0
import { Annotations as AppAnnotations, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { awslogs, filtersOf, forwarderIn, identitiesOf, image, newApp } from './fixture';
import { AddTaskDefinitionOptions, LogForwarder, LogForwarderProps } from '../../lib/logs';
import { shortImageName } from '../../lib/logs/container-identity';
import { subscribeTaskDefinition } from '../../lib/logs/subscribe-task-definition';

const late = (name: string) => Token.asString({ Ref: name });

/** One task with one container: what the handler reads of it. */
function identityOf(container: Partial<ecs.ContainerDefinitionOptions>, options: AddTaskDefinitionOptions = {}) {
  const app = newApp();
  const stack = new Stack(app, 'Stack');
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { family: 'shop' });
  forwarderIn(stack).addTaskDefinition(taskDefinition, options);
  taskDefinition.addContainer('app', { image, logging: awslogs(), ...container });
  const [entry] = Object.values<any>(identitiesOf(app, stack));
  return { entry: entry.containers.app, stack };
}

describe('a container\'s identity', () => {
  test('is what was said of its task', () => {
    const { entry } = identityOf({}, { service: 'checkout', env: 'prod', tags: { team: 'shop', a: '1' }, clusterName: 'prod', ecsServiceName: 'checkout-svc' });
    expect(entry).toEqual({
      service: 'checkout', env: 'prod', source: 'redis', tags: ['a:1', 'team:shop'], taskFamily: 'shop', cluster: 'prod', ecsService: 'checkout-svc',
    });
  });

  test('is what the container says itself, by variable before label: the names of its traces', () => {
    const { entry } = identityOf({
      environment: { DD_SERVICE: 'edge' }, dockerLabels: { 'com.datadoghq.tags.service': 'label', 'com.datadoghq.tags.env': 'canary' },
    }, { service: 'checkout', env: 'prod' });
    expect(entry).toMatchObject({ service: 'edge', env: 'canary' });
  });

  test('is what was said of that one container, before everything', () => {
    const { entry } = identityOf({ environment: { DD_SERVICE: 'edge' } }, {
      service: 'checkout', tags: { tier: '1', team: 'shop' }, containers: { app: { service: 'cache', source: 'valkey', tags: { tier: '2' } } },
    });
    expect(entry).toMatchObject({ service: 'cache', source: 'valkey', tags: ['team:shop', 'tier:2'] });
  });

  test('counts variables that are added later', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { family: 'shop' });
    const container = taskDefinition.addContainer('app', { image, logging: awslogs() });
    forwarderIn(stack).addTaskDefinition(taskDefinition);
    container.addEnvironment('DD_SERVICE', 'added-later');
    expect(Object.values<any>(identitiesOf(app, stack))[0].containers.app.service).toBe('added-later');
  });

  test('never holds the version: during a rollout old tasks write to the same group', () => {
    const { entry } = identityOf({ environment: { DD_VERSION: '1.4.2' }, dockerLabels: { 'com.datadoghq.tags.version': '1.4.2' } });
    expect(JSON.stringify(entry)).not.toContain('1.4.2');
  });

  test('leaves out what only deployment knows, and says so by the user\'s property', () => {
    const { entry, stack } = identityOf({ environment: { DD_ENV: late('Env') } }, {
      service: late('Service'), env: 'prod', clusterName: late('Cluster'), tags: { team: late('Team'), a: '1' },
    });
    expect(entry).toEqual({ source: 'redis', taskFamily: 'shop', tags: ['a:1'] });
    for (const property of ['service', 'env', 'clusterName', 'tags.team']) {
      Annotations.fromStack(stack).hasWarning('/Stack/Task/app',
        Match.stringLikeRegexp(`'${property}' of container 'app' is known at deployment only.*cdk-ecs-datadog:unresolvedLogIdentity`));
    }
  });
});

describe('what only deployment knows', () => {
  const UNRESOLVED = Match.stringLikeRegexp('unresolvedLogIdentity');

  function appWith(forwarderProps: Partial<LogForwarderProps>, options: AddTaskDefinitionOptions, environment?: { [name: string]: string }) {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const forwarder = forwarderIn(stack, forwarderProps);
    const logGroup = new logs.LogGroup(stack, 'Group');
    const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { family: 'shop' });
    taskDefinition.addContainer('app', { image, logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'x', logGroup }), environment });
    forwarder.addTaskDefinition(taskDefinition, options);
    return { app, stack, forwarder, logGroup, taskDefinition };
  }

  test("is not missed where the forwarder gives it to every log: the function's environment may hold it", () => {
    const [env, team] = [late('Env'), late('Team')];
    const { stack, forwarder } = appWith({ env, tags: { team } }, { tags: { team } }, { DD_ENV: env });
    forwarder.addLogGroup(new logs.LogGroup(stack, 'Other'), { env, tags: { team } });
    Annotations.fromStack(stack).hasNoWarning('*', UNRESOLVED);
  });

  test.each<[string, Partial<LogForwarderProps>]>([
    ['another value', { env: late('Other'), tags: { team: late('Other') } }],
    ['a literal', { env: 'prod', tags: { team: 'shop' } }],
    ['nothing', {}],
  ])('is missed where the forwarder gives %s', (_what, props) => {
    const { stack } = appWith(props, { env: late('Env'), tags: { team: late('Team') } });
    Annotations.fromStack(stack).hasWarning('/Stack/Task/app', Match.stringLikeRegexp("^'env' of container 'app'"));
    Annotations.fromStack(stack).hasWarning('/Stack/Task/app', Match.stringLikeRegexp("^'tags.team' of container 'app'"));
  });

  test("is missed where the group's own value would come before the forwarder's", () => {
    const env = late('Env');
    const { stack, forwarder, logGroup } = appWith({ env }, { env });
    forwarder.addLogGroup(logGroup, { env: 'prod' });
    Annotations.fromStack(stack).hasWarning('/Stack/Task/app', Match.stringLikeRegexp("^'env' of container 'app'"));
  });

  test('is said once, however many ask for the logs and however often the app is synthesized', () => {
    const { app, stack, forwarder, taskDefinition } = appWith({}, { env: late('Env') });
    subscribeTaskDefinition(forwarder, taskDefinition, { env: late('Env') });
    app.synth();
    app.synth({ force: true });
    expect(Annotations.fromStack(stack).findWarning('*', UNRESOLVED)).toHaveLength(1);
  });

  test('may be acknowledged beforehand, above the container', () => {
    const { stack } = appWith({}, { env: late('Env') });
    AppAnnotations.of(stack).acknowledgeWarning('cdk-ecs-datadog:unresolvedLogIdentity');
    Annotations.fromStack(stack).hasNoWarning('*', UNRESOLVED);
  });

  test('is not spoken of where nothing that is said reaches the forwarder', () => {
    const stack = new Stack(newApp(), 'Stack');
    const forwarder = LogForwarder.fromFunctionArn(stack, 'Forwarder', 'arn:aws:lambda:eu-west-1:111111111111:function:datadog-forwarder');
    forwarder.addLogGroup(new logs.LogGroup(stack, 'Group'), { env: late('Env') });
    Annotations.fromStack(stack).hasNoWarning('*', UNRESOLVED);
  });
});

test.each([
  ['nginx', 'nginx'],
  ['nginx:1.27', 'nginx'],
  ['public.ecr.aws/docker/library/redis:7@sha256:0123', 'redis'],
  ['localhost:5000/team/app@sha256:0123', 'app'],
  ['123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/checkout:1.4.2', 'checkout'],
  [late('Image'), undefined],
  [`${late('Registry')}/app:1`, undefined],
  ['registry.example/7zip:1', undefined],
])('the source of image %s is %s', (name, source) => {
  expect(shortImageName(name)).toBe(source);
});

describe('a log group\'s identity', () => {
  test('stands for the whole group, beside its containers', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const forwarder = forwarderIn(stack);
    const logGroup = new logs.LogGroup(stack, 'Group');
    const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { family: 'shop' });
    taskDefinition.addContainer('app', { image, logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'x', logGroup }) });
    forwarder.addTaskDefinition(taskDefinition, { tags: { tier: '1' } });
    forwarder.addLogGroup(logGroup, { service: 'shop', env: 'prod', source: 'java', tags: { team: 'shop' } });
    const [{ properties }] = filtersOf(stack);
    expect(identitiesOf(app, stack)).toEqual({
      [properties.FilterName]: {
        service: 'shop',
        env: 'prod',
        source: 'java',
        tags: ['team:shop'],
        // The handler takes a container's tags instead of the group's, so they hold both.
        containers: { app: { source: 'redis', taskFamily: 'shop', tags: ['team:shop', 'tier:1'] } },
      },
    });
  });

  test('that only deployment knows is left out with a warning', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    forwarderIn(stack).addLogGroup(new logs.LogGroup(stack, 'Group'), { service: late('Service') });
    expect(identitiesOf(app, stack)).toBeUndefined();
    Annotations.fromStack(stack).hasWarning('/Stack/Group', Match.stringLikeRegexp("'service' of log group 'Stack/Group' is known at deployment only"));
  });
});

describe('a group that several tasks write to', () => {
  function shared(one: AddTaskDefinitionOptions, two: AddTaskDefinitionOptions, [first, second] = ['app', 'app'], reverse = false) {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const forwarder = forwarderIn(stack);
    const logGroup = new logs.LogGroup(stack, 'Group');
    const logging = ecs.LogDrivers.awsLogs({ streamPrefix: 'x', logGroup });
    const tasks = ['One', 'Two'].map((id) => new ecs.FargateTaskDefinition(stack, id, { family: id.toLowerCase() }));
    tasks[0].addContainer(first, { image, logging });
    tasks[1].addContainer(second, { image, logging });
    const calls = [() => forwarder.addTaskDefinition(tasks[0], one), () => forwarder.addTaskDefinition(tasks[1], two)];
    (reverse ? calls.reverse() : calls).forEach((call) => call());
    return { identity: Object.values<any>(identitiesOf(app, stack))[0], stack };
  }

  test('keeps containers of different names apart', () => {
    const { identity, stack } = shared({ service: 'a' }, { service: 'b' }, ['web', 'worker']);
    expect(identity.containers).toEqual({
      web: { service: 'a', source: 'redis', taskFamily: 'one' }, worker: { service: 'b', source: 'redis', taskFamily: 'two' },
    });
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('ambiguousLogIdentity'));
  });

  test.each([false, true])('labels no line with what only one of two containers of the same name is (declared in reverse: %s)', (reverse) => {
    const { identity, stack } = shared(
      { service: 'a', env: 'prod', tags: { team: 'x' } }, { env: 'prod', clusterName: 'prod', tags: { team: 'x' } }, ['app', 'app'], reverse);
    expect(identity.containers).toEqual({ app: { env: 'prod', source: 'redis', tags: ['team:x'] } });
    Annotations.fromStack(stack).hasWarning('/Stack/Forwarder',
      Match.stringLikeRegexp('container \'app\' of .*log group \'Stack/Group\', and cluster, service, taskFamily differ.*cdk-ecs-datadog:ambiguousLogIdentity'));
  });
});
