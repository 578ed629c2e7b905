// SPDX-License-Identifier: Apache-2.0
import { Stack, Token } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import {
  addInstances, awslogs, clusterIn, ec2Service, ec2Task, environmentOf, fargateService, fargateTask, filtersOf, monitor, newStack, taskOf,
  tasksOf, vpcIn, warningText, warnings,
} from './fixture';
import { AgentFeature } from '../../lib/agent';
import { MonitoredCluster } from '../../lib/monitored-cluster';

function monitoredStack(props: Parameters<typeof monitor>[1] = {}): { readonly stack: Stack; readonly monitored: MonitoredCluster } {
  const stack = newStack();
  return { stack, monitored: monitor(stack, { vpc: vpcIn(stack), ...props }) };
}

describe('configure()', () => {
  test.each([['before', false], ['after', true]])('may be called %s the containers are added', (_, isLate) => {
    const { stack, monitored } = monitoredStack({ env: 'prod', tags: { team: 'shop' } });
    const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { memoryLimitMiB: 1024 });
    const service = fargateService(stack, 'Web', monitored.cluster, { taskDefinition });
    const steps = [
      () => monitored.configure(service, { service: 'checkout', version: '1.4.2', env: 'stage', tags: { tier: '1' } }),
      () => taskDefinition.addContainer('app', { image: ecs.ContainerImage.fromRegistry('app:1'), logging: awslogs() }),
    ];
    (isLate ? steps.reverse() : steps).forEach((step) => step());
    expect(environmentOf(taskOf(stack).app)).toMatchObject({ DD_SERVICE: 'checkout', DD_VERSION: '1.4.2', DD_ENV: 'stage', DD_TAGS: 'team:shop,tier:1' });
  });

  test('of several calls adds up, tags too', () => {
    const { stack, monitored } = monitoredStack();
    const service = fargateService(stack, 'Web', monitored.cluster);
    monitored.configure(service, { service: 'checkout', tags: { team: 'shop' } });
    monitored.configure(service, { version: '2', tags: { tier: '1' } });
    monitored.configure(service, { version: '2' });
    expect(environmentOf(taskOf(stack).app)).toMatchObject({ DD_SERVICE: 'checkout', DD_VERSION: '2', DD_TAGS: 'team:shop,tier:1' });
  });

  test('that contradicts an earlier call throws, since the order of calls must not decide', () => {
    const { stack, monitored } = monitoredStack();
    const service = fargateService(stack, 'Web', monitored.cluster);
    monitored.configure(service, { version: '1' });
    expect(() => monitored.configure(service, { version: '2' })).toThrow("'version' of 'S/Web' must be the same in every call");
  });

  test('does not change what the caller passed', () => {
    const { stack, monitored } = monitoredStack();
    const service = fargateService(stack, 'Web', monitored.cluster);
    const options = Object.freeze({ tags: Object.freeze({ team: 'shop' }) });
    monitored.configure(service, options);
    monitored.configure(service, { tags: { tier: '1' } });
    expect(options).toEqual({ tags: { team: 'shop' } });
  });

  test('opts in with autoInstrument: false, also without options', () => {
    const { stack, monitored } = monitoredStack({ autoInstrument: false });
    const [web] = ['Web', 'Worker'].map((id) => fargateService(stack, id, monitored.cluster));
    monitored.configure(web);
    expect(tasksOf(stack).map((task) => Object.keys(task))).toEqual([['app', 'datadog-agent'], ['app']]);
    expect(Object.keys(filtersOf(stack))).toHaveLength(1);
  });

  test('reaches an EC2 service', () => {
    const { stack, monitored } = monitoredStack();
    addInstances(monitored.cluster as ecs.Cluster);
    monitored.configure(ec2Service(stack, 'Billing', monitored.cluster), { service: 'billing', version: '7' });
    expect(environmentOf(taskOf(stack).app)).toMatchObject({ DD_SERVICE: 'billing', DD_VERSION: '7' });
  });
});

describe('exclude()', () => {
  test('leaves the service as it was: no Agent, no filter, no warning', () => {
    const { stack, monitored } = monitoredStack();
    const service = fargateService(stack, 'Legacy', monitored.cluster, { taskDefinition: fargateTask(stack, 'LegacyTask', { logging: undefined }) });
    monitored.exclude(service);
    const plain = newStack();
    fargateService(plain, 'Legacy', clusterIn(plain), { taskDefinition: fargateTask(plain, 'LegacyTask', { logging: undefined }) });
    expect(taskOf(stack)).toEqual(taskOf(plain));
    expect(filtersOf(stack)).toEqual({});
    expect(warnings(stack)).toEqual([]);
  });

  test.each([['before', false], ['after', true]])('wins over configure(), called %s it', (_, isReversed) => {
    const { stack, monitored } = monitoredStack();
    const service = fargateService(stack, 'Legacy', monitored.cluster);
    const steps = [() => monitored.exclude(service), () => monitored.configure(service, { version: '1' })];
    (isReversed ? steps.reverse() : steps).forEach((step) => step());
    expect(Object.keys(taskOf(stack))).toEqual(['app']);
  });

  test.each([['before', false], ['after', true]])('of one service leaves a task watched that another one runs, and says so; declared %s it', (_, isReversed) => {
    const { stack, monitored } = monitoredStack();
    const taskDefinition = fargateTask(stack);
    const steps = [
      () => monitored.exclude(fargateService(stack, 'Blue', monitored.cluster, { taskDefinition })),
      () => fargateService(stack, 'Green', monitored.cluster, { taskDefinition }),
    ];
    (isReversed ? steps.reverse() : steps).forEach((step) => step());
    expect(Object.keys(taskOf(stack))).toEqual(['app', 'datadog-agent']);
    expect(warnings(stack)).toEqual(['Task sharedTaskDefinition:exclude']);
    expect(warningText(stack, 'sharedTaskDefinition:exclude')).toContain("'S/Blue'");
  });

  test('of every service that runs a task leaves it as it was', () => {
    const { stack, monitored } = monitoredStack();
    const taskDefinition = fargateTask(stack);
    ['Blue', 'Green'].forEach((id) => monitored.exclude(fargateService(stack, id, monitored.cluster, { taskDefinition })));
    expect(Object.keys(taskOf(stack))).toEqual(['app']);
    expect(warnings(stack)).toEqual([]);
  });
});

describe('instrument()', () => {
  test('watches a Fargate task and its logs, with autoInstrument: false too', () => {
    const { stack, monitored } = monitoredStack({ autoInstrument: false, env: 'prod' });
    monitored.instrument(fargateTask(stack), { service: 'nightly' });
    expect(environmentOf(taskOf(stack).app)).toMatchObject({ DD_SERVICE: 'nightly', DD_ENV: 'prod' });
    expect(taskOf(stack)).toHaveProperty('datadog-agent');
    expect(Object.keys(filtersOf(stack))).toHaveLength(1);
  });

  test('watches an EC2 task and its logs', () => {
    const { stack, monitored } = monitoredStack();
    addInstances(monitored.cluster as ecs.Cluster);
    monitored.instrument(ec2Task(stack, 'Task', { logging: awslogs() }), { service: 'nightly' });
    expect(environmentOf(taskOf(stack).app)).toMatchObject({ DD_SERVICE: 'nightly', DD_TRACE_AGENT_URL: 'unix:///var/run/datadog/apm.socket' });
    expect(Object.keys(filtersOf(stack))).toHaveLength(1);
  });

  test('of several calls adds up; a contradiction throws', () => {
    const { stack, monitored } = monitoredStack();
    const taskDefinition = fargateTask(stack);
    monitored.instrument(taskDefinition, { service: 'nightly' });
    monitored.instrument(taskDefinition, { version: '1' });
    expect(() => monitored.instrument(taskDefinition, { service: 'other' })).toThrow("'service' of 'S/Task' must be the same in every call");
    expect(environmentOf(taskOf(stack).app)).toMatchObject({ DD_SERVICE: 'nightly', DD_VERSION: '1' });
  });
});

describe("the user's own", () => {
  test.each<[string, (stack: Stack, cluster: ecs.ICluster, container: Partial<ecs.ContainerDefinitionOptions>) => unknown]>([
    ['Fargate', (stack, cluster, container) => fargateService(stack, 'Web', cluster, { taskDefinition: fargateTask(stack, 'Task', container) })],
    ['EC2', (stack, cluster, container) => ec2Service(stack, 'Web', cluster, { taskDefinition: ec2Task(stack, 'Task', container) })],
  ])('variables, labels and log driver stay on %s', (_, declare) => {
    const { stack, monitored } = monitoredStack({ env: 'prod' });
    addInstances(monitored.cluster as ecs.Cluster);
    declare(stack, monitored.cluster, {
      environment: { DD_SERVICE: 'own', DD_ENV: 'own-env' },
      dockerLabels: { 'com.datadoghq.tags.version': '9' },
      logging: ecs.LogDrivers.fluentd({ address: 'localhost:24224' }),
    });
    const { app } = taskOf(stack);
    expect(environmentOf(app)).toMatchObject({ DD_SERVICE: 'own', DD_ENV: 'own-env', DD_VERSION: '9' });
    expect(app.DockerLabels).toEqual({
      'com.datadoghq.tags.service': 'own', 'com.datadoghq.tags.env': 'own-env', 'com.datadoghq.tags.version': '9',
    });
    expect(app.LogConfiguration.LogDriver).toBe('fluentd');
    expect(warnings(stack)).toEqual(['Task/app ownValueKept:DD_ENV']);
  });

  test('service name is what the task is called, where nothing else is said', () => {
    const { stack, monitored } = monitoredStack();
    fargateService(stack, 'Web', monitored.cluster, { serviceName: 'web' });
    expect(environmentOf(taskOf(stack).app).DD_SERVICE).toBe('web');
  });

  test('token of a service name is no name', () => {
    const { stack, monitored } = monitoredStack();
    const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { memoryLimitMiB: 1024, family: 'web-family' });
    taskDefinition.addContainer('app', { image: ecs.ContainerImage.fromRegistry('app:1'), logging: awslogs() });
    fargateService(stack, 'Web', monitored.cluster, { taskDefinition, serviceName: Token.asString({ Ref: 'Name' }) });
    expect(environmentOf(taskOf(stack).app).DD_SERVICE).toBe('web-family');
  });
});

test('a feature of one platform is used there, and is no error on the other', () => {
  const { stack, monitored } = monitoredStack({ defaultFeatures: false, features: [AgentFeature.logCollection()] });
  addInstances(monitored.cluster as ecs.Cluster);
  fargateService(stack, 'Web', monitored.cluster);
  ec2Service(stack, 'Billing', monitored.cluster);
  expect(tasksOf(stack).map((task) => Object.keys(task)).sort()).toEqual([['app'], ['app', 'datadog-agent']]);
  // The daemon tails what has no log driver, so nothing is to be said of it.
  expect(warnings(stack)).toEqual([]);
});

test('defaultFeatures: false starts from nothing', () => {
  const { stack, monitored } = monitoredStack({ defaultFeatures: false });
  fargateService(stack, 'Web', monitored.cluster);
  expect(environmentOf(taskOf(stack)['datadog-agent'])).toMatchObject({ DD_APM_ENABLED: 'false' });
  expect(environmentOf(taskOf(stack).app)).not.toHaveProperty('DD_TRACE_AGENT_URL');
});
