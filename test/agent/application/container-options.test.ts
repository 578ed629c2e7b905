// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { AgentDaemonService, AgentFeature, AgentTransport, ContainerOptions, FargateAgentSidecar } from '../../../lib/agent';
import { MonitoredCluster } from '../../../lib/monitored-cluster';
import { IMAGE, account, ec2Cluster, environmentOf, inStack, renderedContainer, warningIds } from '../fixture';
import { withManagedDaemon } from '../managed-fixture';

type Containers = { [name: string]: ContainerOptions };

const TASK = { service: 'shop', version: '1', env: 'prod', tags: { team: 'shop', tier: '1' } };

function sidecar(containers: Containers, app: Partial<ecs.ContainerDefinitionOptions> = {}) {
  const stack = inStack();
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { memoryLimitMiB: 1024 });
  const logging = ecs.LogDrivers.awsLogs({ streamPrefix: 'app' });
  taskDefinition.addContainer('app', { image: IMAGE, logging, ...app });
  new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack), ...TASK, containers });
  taskDefinition.addContainer('late', { image: IMAGE, logging });
  return stack;
}

const TAGS = { DD_SERVICE: 'shop', DD_VERSION: '1', DD_ENV: 'prod', DD_TAGS: 'team:shop,tier:1' };
const SOCKETS = { DD_TRACE_AGENT_URL: 'unix:///var/run/datadog/apm.socket', DD_DOGSTATSD_URL: 'unix:///var/run/datadog/dsd.socket' };

describe.each(['app', 'late'])('what is said of the container %s alone', (name) => {
  const other = name === 'app' ? 'late' : 'app';

  test('is in both forms, on it and on no other', () => {
    const stack = sidecar({ [name]: { service: 'worker', version: '2', env: 'stage', tags: { tier: '2', zone: 'a' } } });
    expect(environmentOf(renderedContainer(stack, name))).toEqual({
      ...SOCKETS, DD_SERVICE: 'worker', DD_VERSION: '2', DD_ENV: 'stage', DD_TAGS: 'team:shop,tier:2,zone:a',
    });
    expect(renderedContainer(stack, name).DockerLabels).toEqual({
      'com.datadoghq.tags.env': 'stage', 'com.datadoghq.tags.service': 'worker', 'com.datadoghq.tags.version': '2',
    });
    expect(environmentOf(renderedContainer(stack, other))).toEqual({ ...SOCKETS, ...TAGS });
    expect(warningIds(stack)).toEqual([]);
  });

  test('is only what is said: the rest is as for the task', () => {
    expect(environmentOf(renderedContainer(sidecar({ [name]: { service: 'worker' } }), name))).toEqual({ ...SOCKETS, ...TAGS, DD_SERVICE: 'worker' });
  });

  test('may be that it is left as it is', () => {
    const stack = sidecar({ [name]: { exclude: true } });
    const plain = inStack();
    new ecs.FargateTaskDefinition(plain, 'Task').addContainer(name, { image: IMAGE, logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'app' }) });
    expect({ ...renderedContainer(stack, name), LogConfiguration: 0 }).toEqual({ ...renderedContainer(plain, name), LogConfiguration: 0 });
    expect(environmentOf(renderedContainer(stack, other))).toEqual({ ...SOCKETS, ...TAGS });
    expect(warningIds(stack)).toEqual([]);
  });
});

test("gives way to the container's own value, with a warning", () => {
  const stack = sidecar({ app: { service: 'asked' } }, { environment: { DD_SERVICE: 'own' } });
  expect(environmentOf(renderedContainer(stack, 'app')).DD_SERVICE).toBe('own');
  expect(warningIds(stack)).toEqual(['cdk-ecs-datadog:ownValueKept:DD_SERVICE']);
});

test('of a container that is not there is a warning, once all are there', () => {
  expect(warningIds(sidecar({ late: {}, lost: {} }))).toEqual(['cdk-ecs-datadog:unknownContainer:lost']);
});

test('of the Agent is one too, since it is no application', () => {
  expect(warningIds(sidecar({ 'datadog-agent': { exclude: true } }))).toEqual(['cdk-ecs-datadog:unknownContainer:datadog-agent']);
});

test.each<[Containers, string]>([
  [{ app: { service: '1' } }, "'containers.app.service' must start with a letter"],
  [{ app: { tags: { team: 'a b' } } }, "'containers.app.tags.team' must hold only"],
])('that is no tag is refused: %j', (containers, message) => {
  expect(() => sidecar(containers)).toThrow(message);
});

describe('said to others than the sidecar', () => {
  const containers = { app: { service: 'worker' }, proxy: { exclude: true } };

  test('a daemon: an excluded container needs no address of the Agent either', () => {
    const stack = inStack();
    const features = [AgentFeature.apm({ transport: AgentTransport.NETWORK }), AgentFeature.dogStatsD({ transport: AgentTransport.NETWORK })];
    const daemon = new AgentDaemonService(stack, 'Daemon', { cluster: ec2Cluster(stack), datadog: account(stack), features });
    const taskDefinition = new ecs.Ec2TaskDefinition(stack, 'Task');
    const logging = ecs.LogDrivers.awsLogs({ streamPrefix: 'app' });
    taskDefinition.addContainer('app', { image: IMAGE, memoryLimitMiB: 64, logging, environment: { DD_AGENT_HOST: 'agent' } });
    taskDefinition.addContainer('proxy', { image: IMAGE, memoryLimitMiB: 64, logging });
    daemon.instrument(taskDefinition, { service: 'shop', containers });
    expect(environmentOf(renderedContainer(stack, 'app')).DD_SERVICE).toBe('worker');
    expect(renderedContainer(stack, 'proxy').Environment).toBeUndefined();
    expect(warningIds(stack)).toEqual([]);
  });

  test('a managed daemon', () => {
    const { stack, daemon } = withManagedDaemon();
    const taskDefinition = new ecs.TaskDefinition(stack, 'Task', { compatibility: ecs.Compatibility.MANAGED_INSTANCES, cpu: '256', memoryMiB: '512' });
    const logging = ecs.LogDrivers.awsLogs({ streamPrefix: 'app' });
    ['app', 'proxy'].forEach((name) => taskDefinition.addContainer(name, { image: IMAGE, logging }));
    daemon.instrument(taskDefinition, { containers });
    expect(environmentOf(renderedContainer(stack, 'app')).DD_SERVICE).toBe('worker');
    expect(renderedContainer(stack, 'proxy').Environment).toBeUndefined();
  });

  test('a MonitoredCluster, which checks it at once', () => {
    const stack = inStack();
    const monitored = new MonitoredCluster(stack, 'Monitored', { datadog: account(stack), cluster: new ecs.Cluster(stack, 'Cluster'), alertRules: [] });
    const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
    const service = new ecs.FargateService(stack, 'Service', { cluster: monitored.cluster, taskDefinition });
    const wrong = { containers: { app: { version: 'a b' } } };
    expect(() => monitored.configure(service, wrong)).toThrow("'containers.app.version' must hold only");
    expect(() => monitored.instrument(taskDefinition, wrong)).toThrow("'containers.app.version' must hold only");
  });
});
