// SPDX-License-Identifier: Apache-2.0
import { CfnParameter, Stack } from 'aws-cdk-lib';
import { AgentFeature, AgentPlatform } from '../../../lib/agent';
import { ALL_OFF, daemonFor, daemonWith, furtherMounts, planOn, sidecarWith } from '../plan-fixture';

const DAEMONS = [AgentPlatform.EC2_DAEMON, AgentPlatform.EXTERNAL_DAEMON, AgentPlatform.EC2_WINDOWS_DAEMON];
const ON = {
  DD_LOGS_ENABLED: 'true',
  DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL: 'true',
  DD_LOGS_CONFIG_AUTO_MULTI_LINE_DETECTION: 'true',
  DD_CONTAINER_EXCLUDE_LOGS: 'name:datadog-agent',
};

test.each(DAEMONS)('in a %s is of all containers, and never of the Agent itself', (platform) => {
  expect(planOn(platform, AgentFeature.logCollection()).environment).toEqual({ ...ALL_OFF, ...ON });
});

test('is of labelled containers only, and of single lines only, by option', () => {
  expect(daemonWith(AgentFeature.logCollection({ collectAll: false, autoMultiLine: false })).environment).toEqual({
    ...ALL_OFF, ...ON, DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL: 'false', DD_LOGS_CONFIG_AUTO_MULTI_LINE_DETECTION: 'false',
  });
});

test.each([AgentPlatform.EC2_DAEMON, AgentPlatform.EXTERNAL_DAEMON])(
  'in a %s writes its offsets to the host, so that no line is lost or sent twice, and only reads the logs', (platform) => {
    expect(furtherMounts(planOn(platform, AgentFeature.logCollection()))).toEqual([
      { volumeName: 'pointdir', hostPath: '/opt/datadog-agent/run', containerPath: '/opt/datadog-agent/run', readOnly: false },
      { volumeName: 'containers_root', hostPath: '/var/lib/docker/containers', containerPath: '/var/lib/docker/containers', readOnly: true },
    ]);
  });

test('on Windows writes its offsets to a volume that Docker keeps, and finds the logs where Docker writes them there', () => {
  expect(furtherMounts(planOn(AgentPlatform.EC2_WINDOWS_DAEMON, AgentFeature.logCollection()))).toEqual([
    { volumeName: 'pointdir', dockerVolume: true, containerPath: 'C:/programdata/datadog/run', readOnly: false },
    { volumeName: 'containers_root', hostPath: 'c:/programdata/docker/containers', containerPath: 'c:/programdata/docker/containers', readOnly: true },
  ]);
});

describe('filters', () => {
  const filters = (options: Parameters<typeof AgentFeature.logCollection>[0]) => daemonWith(AgentFeature.logCollection(options)).environment;

  test('stand beside the Agent itself', () => {
    expect(filters({ exclude: ['image:envoy', 'name:^side-.*'], include: ['name:web'] })).toEqual({
      ...ALL_OFF, ...ON, DD_CONTAINER_EXCLUDE_LOGS: 'name:datadog-agent image:envoy name:^side-.*', DD_CONTAINER_INCLUDE_LOGS: 'name:web',
    });
  });

  test('leave the ECS agent out by option', () => {
    expect(filters({ ecsAgent: false, exclude: ['image:envoy'] }).DD_CONTAINER_EXCLUDE_LOGS).toBe('name:datadog-agent name:^ecs-agent$ image:envoy');
    expect(filters({ ecsAgent: true }).DD_CONTAINER_EXCLUDE_LOGS).toBe('name:datadog-agent');
  });

  test.each(['exclude', 'include'])('of %s that the Agent would misread are refused', (property) => {
    for (const filter of ['envoy', 'kube_namespace:x', 'image:', 'name:a b', 'name: a', '']) {
      expect(() => filters({ [property]: [filter] })).toThrow(
        `'${property}' must hold filters such as 'name:^web$' or 'image:nginx', without blanks, since the Agent splits there, got: '${filter}'`);
    }
  });

  test('with a token in them are passed on', () => {
    const token = `image:${new CfnParameter(new Stack(), 'Image').valueAsString}`;
    expect(filters({ exclude: [token] }).DD_CONTAINER_EXCLUDE_LOGS).toBe(`name:datadog-agent ${token}`);
  });

  test('that are a list which only deployment knows are joined then', () => {
    const stack = new Stack();
    const list = new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList;
    const environment = stack.resolve(filters({ exclude: list, include: list }));
    expect(environment.DD_CONTAINER_EXCLUDE_LOGS).toEqual({ 'Fn::Join': ['', ['name:datadog-agent ', { 'Fn::Join': [' ', { Ref: 'List' }] }]] });
    expect(environment.DD_CONTAINER_INCLUDE_LOGS).toEqual({ 'Fn::Join': [' ', { Ref: 'List' }] });
  });

  test('are not changed by binding them', () => {
    const exclude = ['image:envoy'];
    filters({ exclude });
    expect(exclude).toEqual(['image:envoy']);
    expect(Object.isFrozen(exclude)).toBe(false);
  });
});

test('is refused in a sidecar, saying what does its work there', () => {
  expect(() => sidecarWith(AgentFeature.logCollection())).toThrow(
    "'features' of a Fargate sidecar must not hold 'logs', since an Agent beside an application cannot see the output of its neighbours "
    + '(https://docs.datadoghq.com/integrations/ecs_fargate/#log-collection); use the awslogs driver on the containers, and a LogForwarder for their log group');
});

describe("sends to the account's own address for logs", () => {
  const intake = (logs: string) => daemonFor({ endpoints: { logs } }, AgentFeature.logCollection()).environment;

  test.each([
    ['https://logs.example', 'logs.example:443', undefined],
    ['https://logs.example:8443/api/v2/logs', 'logs.example:8443', undefined],
    ['http://worker.internal', 'worker.internal:80', 'true'],
    ['http://worker.internal:8282', 'worker.internal:8282', 'true'],
  ])('%s, encrypted only where its URL says so', (url, address, withoutTls) => {
    expect(intake(url)).toMatchObject({ DD_LOGS_CONFIG_LOGS_DD_URL: address });
    expect(intake(url).DD_LOGS_CONFIG_LOGS_NO_SSL).toBe(withoutTls);
  });

  test('a token is passed on', () => {
    const token = new CfnParameter(new Stack(), 'Intake').valueAsString;
    expect(intake(token).DD_LOGS_CONFIG_LOGS_DD_URL).toBe(token);
  });
});
