// SPDX-License-Identifier: Apache-2.0
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { AgentDaemonService, AgentFeature, AgentPlatform, FargateAgentSidecar, OtlpOptions } from '../../../lib/agent';
import { IMAGE, account, ec2Cluster, environmentOf, fargateTask, inStack, renderedContainer, warningIds } from '../fixture';
import { daemonFor, planOn } from '../plan-fixture';

const GRPC = { DD_OTLP_CONFIG_RECEIVER_PROTOCOLS_GRPC_ENDPOINT: '0.0.0.0:4317' };
const HTTP = { DD_OTLP_CONFIG_RECEIVER_PROTOCOLS_HTTP_ENDPOINT: '0.0.0.0:4318' };

function otlp(options: OtlpOptions = {}, platform = AgentPlatform.EC2_DAEMON) {
  return planOn(platform, AgentFeature.apm(), AgentFeature.otlp(options));
}

test.each(Object.values(AgentPlatform))('a %s takes both protocols, and nothing changes besides', (platform) => {
  const traces = planOn(platform, AgentFeature.apm());
  const both = otlp({}, platform);
  expect(both.environment).toEqual({ ...traces.environment, ...GRPC, ...HTTP });
  expect(both.ports).toEqual([...traces.ports, { port: 4318, protocol: 'tcp' }, { port: 4317, protocol: 'tcp' }]);
  expect(both.application).toEqual({
    ...traces.application,
    environment: { ...traces.application.environment, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf' },
    agentUrls: { OTEL_EXPORTER_OTLP_ENDPOINT: { scheme: 'http', port: 4318 } },
  });
});

test.each([
  ['gRPC', { http: false }, GRPC, 'grpc', 4317],
  ['HTTP', { grpc: false }, HTTP, 'http/protobuf', 4318],
])('%s alone opens its own port, and applications are told to use it', (_name, options, settings, protocol, port) => {
  const { environment, ports, application } = otlp(options);
  expect(environment).toEqual({ ...planOn(AgentPlatform.EC2_DAEMON, AgentFeature.apm()).environment, ...settings });
  expect(ports).toEqual([{ port, protocol: 'tcp' }]);
  expect(application.environment.OTEL_EXPORTER_OTLP_PROTOCOL).toBe(protocol);
  expect(application.agentUrls).toEqual({ OTEL_EXPORTER_OTLP_ENDPOINT: { scheme: 'http', port } });
});

test('no protocol at all is refused', () => {
  expect(() => otlp({ grpc: false, http: false })).toThrow("'grpc' and 'http' must not both be false");
});

test("takes logs by option, to the account's own address, without tailing containers", () => {
  const { environment } = daemonFor({ endpoints: { logs: 'https://logs.example' } }, AgentFeature.apm(), AgentFeature.otlp({ logs: true }));
  expect(environment).toMatchObject({ DD_LOGS_ENABLED: 'true', DD_OTLP_CONFIG_LOGS_ENABLED: 'true', DD_LOGS_CONFIG_LOGS_DD_URL: 'logs.example:443' });
  expect(environment).not.toHaveProperty('DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL');
  expect(otlp().environment.DD_LOGS_ENABLED).toBe('false');
});

test('takes logs beside those that are tailed', () => {
  expect(planOn(AgentPlatform.EC2_DAEMON, AgentFeature.apm(), AgentFeature.otlp({ logs: true }), AgentFeature.logCollection()).environment)
    .toMatchObject({ DD_LOGS_ENABLED: 'true', DD_OTLP_CONFIG_LOGS_ENABLED: 'true', DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL: 'true' });
});

test('needs the trace Agent', () => {
  expect(() => planOn(AgentPlatform.EC2_DAEMON, AgentFeature.otlp())).toThrow("'features' must hold 'apm' for 'otlp'");
});

describe('an application', () => {
  test('on Fargate is told the address within its task', () => {
    const stack = inStack();
    new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition: fargateTask(stack), datadog: account(stack), features: [AgentFeature.otlp()] });
    expect(environmentOf(renderedContainer(stack, 'app'))).toMatchObject({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    });
    // Sockets carry the rest: the address is for OTLP alone.
    expect(environmentOf(renderedContainer(stack, 'app'))).not.toHaveProperty('DD_AGENT_HOST');
  });

  function onInstances(networkMode: ecs.NetworkMode, environment?: { [name: string]: string }) {
    const stack = inStack();
    const daemon = new AgentDaemonService(stack, 'Daemon', { cluster: ec2Cluster(stack), datadog: account(stack), features: [AgentFeature.otlp()] });
    const taskDefinition = new ecs.Ec2TaskDefinition(stack, 'Task', { networkMode });
    taskDefinition.addContainer('app', { image: IMAGE, memoryLimitMiB: 128, environment, logging: ecs.LogDrivers.jsonFile({ maxSize: '10m' }) });
    daemon.instrument(taskDefinition);
    return stack;
  }

  test("in an instance's own network finds the Agent there", () => {
    const stack = onInstances(ecs.NetworkMode.HOST);
    expect(environmentOf(renderedContainer(stack, 'app')).OTEL_EXPORTER_OTLP_ENDPOINT).toBe('http://127.0.0.1:4318');
    expect(warningIds(stack)).toEqual([]);
  });

  test('on a bridge of an instance is not told an address that nobody knows, with a warning', () => {
    const stack = onInstances(ecs.NetworkMode.BRIDGE);
    expect(environmentOf(renderedContainer(stack, 'app'))).not.toHaveProperty('OTEL_EXPORTER_OTLP_ENDPOINT');
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp("set OTEL_EXPORTER_OTLP_ENDPOINT to 'http://<address>:4318' from the instance metadata"));
    expect(warningIds(stack)).toEqual(['cdk-ecs-datadog:agentUrlUnknown:OTEL_EXPORTER_OTLP_ENDPOINT']);
  });

  test('that says itself where it sends to keeps that', () => {
    const own = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector.example:4318' };
    const stack = onInstances(ecs.NetworkMode.BRIDGE, own);
    expect(environmentOf(renderedContainer(stack, 'app'))).toMatchObject(own);
    expect(warningIds(stack)).toEqual([]);
  });
});
