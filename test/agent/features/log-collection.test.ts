// SPDX-License-Identifier: Apache-2.0
import { CfnParameter, Stack } from 'aws-cdk-lib';
import { AgentFeature } from '../../../lib/agent';
import { ALL_OFF, daemonFor, daemonWith, furtherMounts, sidecarWith } from '../plan-fixture';

test.each([[undefined, 'true'], [true, 'true'], [false, 'false']])('of all containers: %s, and never of the Agent itself', (collectAll, value) => {
  expect(daemonWith(AgentFeature.logCollection({ collectAll })).environment).toEqual({
    ...ALL_OFF,
    DD_LOGS_ENABLED: 'true',
    DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL: value,
    DD_CONTAINER_EXCLUDE_LOGS: 'name:datadog-agent',
  });
});

test('writes its offsets to the host, so that no line is lost or sent twice, and only reads the logs', () => {
  expect(furtherMounts(daemonWith(AgentFeature.logCollection()))).toEqual([
    { volumeName: 'pointdir', hostPath: '/opt/datadog-agent/run', containerPath: '/opt/datadog-agent/run', readOnly: false },
    { volumeName: 'containers_root', hostPath: '/var/lib/docker/containers', containerPath: '/var/lib/docker/containers', readOnly: true },
  ]);
});

test('is refused in a sidecar, saying what does its work there', () => {
  expect(() => sidecarWith(AgentFeature.logCollection())).toThrow(
    "'features' of a Fargate sidecar must not hold 'logs', which works on: EC2 daemon; give the containers the awslogs driver and their log group a LogForwarder");
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
