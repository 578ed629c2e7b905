// SPDX-License-Identifier: Apache-2.0
import { Scenario } from './scenario';
import { lambdaContext, subscriptionEvent, TASK_ID } from './subscription';
import { GroupIdentity } from '../../../lambda/log-forwarder/identity/identity-map';

let scenario: Scenario;
beforeEach(async () => { scenario = await Scenario.start(); });
afterEach(async () => { await scenario.stop(); });

interface Case {
  readonly message?: object;
  readonly group?: GroupIdentity;
  readonly stream?: string;
  readonly logGroup?: string;
  readonly environment?: { [name: string]: string };
}

async function identify({ message = { m: 1 }, group, stream = 'web/app', logGroup = '/any', environment = {} }: Case) {
  const handler = scenario.handler(environment, group && { Filter: group });
  const logStream = stream.endsWith('!') ? stream.slice(0, -1) : `${stream}/${TASK_ID}`;
  await handler(
    subscriptionEvent([JSON.stringify(message)], { logStream, logGroup, subscriptionFilters: ['Other', 'Filter'] }), lambdaContext(),
  );
  const [{ ddtags, service, ddsource, host, message: text }] = scenario.intake.accepted;
  const tags = ddtags.split(',');
  // Whatever the sources say: no tag twice, and none of these with two values.
  expect(new Set(tags).size).toBe(tags.length);
  for (const key of ['env', 'service', 'version', 'source']) {
    expect(tags.filter((tag) => tag.startsWith(`${key}:`)).length).toBeLessThanOrEqual(1);
  }
  const value = (key: string) => tags.find((tag) => tag.startsWith(`${key}:`))?.slice(key.length + 1);
  return { service, ddsource, host, tags, text, env: value('env'), version: value('version'), serviceTag: value('service') };
}

const everywhere: Case = {
  message: { ddtags: 'service:message,env:message,version:message,source:message' },
  group: {
    service: 'group', env: 'group', source: 'group', containers: { app: { service: 'container', env: 'container', source: 'container' } },
  },
  stream: 'text/service=prefix/env=prefix/version=prefix/source=prefix/app',
  environment: { DD_TAGS: 'service:global,env:global,version:global', DD_SOURCE: 'global' },
};

test.each<[string, Case, object]>([
  ['message', everywhere, { service: 'message', env: 'message', version: 'message', ddsource: 'message' }],
  ['container', { ...everywhere, message: {} }, { service: 'container', env: 'container', version: 'prefix', ddsource: 'container' }],
  [
    'group', { ...everywhere, message: {}, group: { ...everywhere.group, containers: { other: { service: 'x' }, app: {} } } },
    { service: 'group', env: 'group', version: 'prefix', ddsource: 'group' },
  ],
  ['prefix', { ...everywhere, message: {}, group: {} }, { service: 'prefix', env: 'prefix', version: 'prefix', ddsource: 'prefix' }],
  [
    'global', { ...everywhere, message: {}, group: undefined, stream: 'text/app' },
    { service: 'global', env: 'global', version: 'global', ddsource: 'global' },
  ],
])('the winner is: %s', async (_, given, expected) => {
  const identity = await identify(given);
  expect(identity).toMatchObject(expected);
  expect(identity.serviceTag).toBe(identity.service);
});

test.each<[string, Case, object]>([
  ['the prefix names the service when nobody else does', { stream: 'checkout/version=2/app' }, { service: 'checkout', ddsource: 'ecs', version: '2' }],
  ['a prefix without text leaves the old fallback', { stream: 'version=2/app' }, { service: 'cloudwatch', ddsource: 'ecs' }],
  ['a stream that is not of ECS', { stream: 'e3b0c442!' }, { service: 'cloudwatch', ddsource: 'cloudwatch' }],
  ['CloudTrail', { stream: '123_CloudTrail_eu-west-1!' }, { service: 'cloudtrail', ddsource: 'cloudtrail' }],
  ['Kinesis', { stream: 'x!', logGroup: '/aws/kinesisfirehose/x' }, { ddsource: 'kinesis' }],
  ['SNS', { stream: 'x!', logGroup: 'sns/eu-west-1/1/x' }, { ddsource: 'sns' }],
  ['CloudTrail by group', { stream: 'x!', logGroup: 'my-cloudtrail' }, { ddsource: 'cloudtrail' }],
  ['Lambda with a group of its own', { stream: `2026/11/25/fn[7]${TASK_ID}!` }, { ddsource: 'lambda' }],
  ['a partial container entry', { group: { service: 'g', env: 'e', containers: { app: { source: 'nginx' } } } }, { service: 'g', env: 'e', ddsource: 'nginx' }],
  ['a version in the map is not believed', { group: { tags: ['version:9', 'team:shop'] } }, { version: undefined }],
  ['a version tag of one message only', { message: { ddtags: 'version:3' }, stream: 'web/version=2/app' }, { version: '3', service: 'web' }],
  ['commas and spaces', { group: { service: 'my shop, web' } }, { service: 'my_shop_web', serviceTag: 'my_shop_web' }],
  ['a service in the message itself is Datadog\'s to lift', { message: { service: 'own' } }, { service: 'web', text: '{"service":"own"}' }],
  ['a container with the name of a built-in', { stream: 'web/constructor', group: { service: 'g', containers: {} } }, { service: 'g' }],
])('%s', async (_, given, expected) => {
  expect(await identify(given)).toMatchObject({ host: given.logGroup ?? '/any', ...expected });
});

test('tags of the task and its container, by the Agent\'s names', async () => {
  const { tags } = await identify({
    message: { ddtags: ['owner:me', 'team:shop'] },
    group: {
      taskFamily: 'family', cluster: 'prod', ecsService: 'svc', tags: ['team:shop', 'tier:1'], containers: { app: { taskFamily: 'other', tags: ['c:1'] } },
    },
    environment: { DD_TAGS: 'env:prod, cost:7' },
  });
  expect(tags.filter((tag) => !/^forwarder/.test(tag))).toEqual([
    'env:prod', 'cost:7', 'c:1', 'container_name:app', 'ecs_container_name:app', `task_id:${TASK_ID}`,
    `task_arn:arn:aws:ecs:eu-west-1:123456789012:task/prod/${TASK_ID}`, 'ecs_cluster_name:prod', 'ecs_service:svc', 'task_family:other',
    'region:eu-west-1', 'aws_account:123456789012', 'owner:me', 'team:shop',
  ]);
});

describe("the forwarder's own cluster, whose name its environment has", () => {
  const environment = { DD_ECS_CLUSTER_NAME: 'own' };
  const arn = (cluster: string) => `task_arn:arn:aws:ecs:eu-west-1:123456789012:task/${cluster}/${TASK_ID}`;
  const ofCluster = (tags: string[]) => tags.filter((tag) => /^(ecs_cluster_name|task_arn):/.test(tag));

  test.each<[string, Case, string[]]>([
    ['is that of a marked group', { environment, group: { ownCluster: true } }, [arn('own'), 'ecs_cluster_name:own']],
    ['is that of a marked container', { environment, group: { containers: { app: { ownCluster: true } } } }, [arn('own'), 'ecs_cluster_name:own']],
    ['gives way to a name', { environment, group: { ownCluster: true, cluster: 'named' } }, [arn('named'), 'ecs_cluster_name:named']],
    [
      'beats the name of the group where the container is marked',
      { environment, group: { cluster: 'group', containers: { app: { ownCluster: true } } } }, [arn('own'), 'ecs_cluster_name:own'],
    ],
    ['is nobody\'s without a mark', { environment, group: { service: 'x', containers: { other: { ownCluster: true } } } }, []],
    ['is not known without the variable', { group: { ownCluster: true } }, []],
    ['is not known with an empty variable', { environment: { DD_ECS_CLUSTER_NAME: '' }, group: { ownCluster: true } }, []],
    ['makes no ARN without a task', { environment, stream: 'cron!', group: { ownCluster: true } }, ['ecs_cluster_name:own']],
    ['is no tag of the forwarder', { environment: { DD_TAGS: 'ecs_cluster_name:tag' } }, ['ecs_cluster_name:tag']],
  ])('%s', async (_, given, expected) => {
    expect(ofCluster((await identify(given)).tags)).toEqual(expected);
  });
});

test('a container without a list of tags has the group\'s', async () => {
  const { tags } = await identify({ group: { tags: ['team:shop'], containers: { app: { service: 'x' } } } });
  expect(tags).toContain('team:shop');
});

test('a stream that is not of ECS gets no tags of ECS', async () => {
  const { tags } = await identify({ stream: 'anything!' });
  expect(tags).toEqual(['forwardername:dd-forwarder', expect.stringMatching(/^forwarder_version:/)]);
});

test('two messages with different tags in one event do not mix', async () => {
  await scenario.forward(['{"ddtags":"service:a"}', 'plain', '{"ddtags":"service:b,x:y"}', '{"ddtags":"service:a"}']);
  expect(scenario.intake.accepted.map(({ service }) => service)).toEqual(['a', 'payments', 'b', 'a']);
});
