// SPDX-License-Identifier: Apache-2.0
import { CfnParameter, Stack } from 'aws-cdk-lib';
import { AgentFeature, AgentTransport } from '../../../lib/agent';
import { ALL_OFF, APPLICATIONS_BY_ADDRESS, ON_FARGATE, daemonFor, daemonWith, sidecarWith } from '../plan-fixture';

test('is switched on alone', () => {
  expect(daemonWith(AgentFeature.apm()).environment).toEqual({ ...ALL_OFF, DD_APM_ENABLED: 'true' });
  expect(sidecarWith(AgentFeature.apm()).environment).toEqual({ ...ALL_OFF, ...ON_FARGATE, DD_APM_ENABLED: 'true' });
});

test('over TCP the Agent listens for others on 8126, and applications need its address in place of a socket', () => {
  for (const plan of [daemonWith, sidecarWith].map((planWith) => planWith(AgentFeature.apm({ transport: AgentTransport.NETWORK })))) {
    expect(plan.environment).toMatchObject({ DD_APM_ENABLED: 'true', DD_APM_NON_LOCAL_TRAFFIC: 'true' });
    expect(plan.ports).toEqual([{ port: 8126, protocol: 'tcp' }]);
    expect(plan.application).toEqual(APPLICATIONS_BY_ADDRESS);
  }
});

test("sends to the account's own address for traces", () => {
  expect(daemonFor({ endpoints: { traces: 'https://traces.example' } }, AgentFeature.apm()).environment.DD_APM_DD_URL).toBe('https://traces.example');
  expect(daemonWith(AgentFeature.apm()).environment).not.toHaveProperty('DD_APM_DD_URL');
});

describe('sampling', () => {
  test.each([AgentTransport.UNIX_SOCKET, AgentTransport.NETWORK])('by applications is told to their tracers, over %s', (transport) => {
    const { application, environment } = daemonWith(AgentFeature.apm({ transport, sampleRate: 0.25 }));
    expect(application.environment).toEqual({ ...daemonWith(AgentFeature.apm({ transport })).application.environment, DD_TRACE_SAMPLE_RATE: '0.25' });
    expect(environment).toEqual(daemonWith(AgentFeature.apm({ transport })).environment);
  });

  test('by rules is the JSON that tracers read, in the order of the rules', () => {
    const samplingRules = [
      { service: 'shop-*', name: 'web.request', resource: 'GET "/"', tags: { team: 'a' }, sampleRate: 0 },
      { sampleRate: 1 },
    ];
    const rules = daemonWith(AgentFeature.apm({ samplingRules })).application.environment.DD_TRACE_SAMPLING_RULES;
    expect(JSON.parse(rules)).toEqual([
      { service: 'shop-*', name: 'web.request', resource: 'GET "/"', tags: { team: 'a' }, sample_rate: 0 },
      { sample_rate: 1 },
    ]);
  });

  test('survives numbers and names that are known at deployment only', () => {
    const stack = new Stack();
    const rate = new CfnParameter(stack, 'Rate', { type: 'Number' }).valueAsNumber;
    const service = new CfnParameter(stack, 'Service').valueAsString;
    const feature = AgentFeature.apm({ sampleRate: rate, targetTracesPerSecond: rate, samplingRules: [{ service, sampleRate: rate }] });
    const { application, environment } = daemonWith(feature);
    expect(stack.resolve(application.environment.DD_TRACE_SAMPLE_RATE)).toEqual({ Ref: 'Rate' });
    expect(stack.resolve(environment.DD_APM_TARGET_TPS)).toEqual({ Ref: 'Rate' });
    expect(stack.resolve(application.environment.DD_TRACE_SAMPLING_RULES)).toEqual({
      'Fn::Join': ['', ['[{"service":"', { Ref: 'Service' }, '","sample_rate":', { Ref: 'Rate' }, '}]']],
    });
  });

  test('by the Agent is told to the Agent alone', () => {
    const { application, environment } = sidecarWith(AgentFeature.apm({ targetTracesPerSecond: 0.5 }));
    expect(environment).toEqual({ ...ALL_OFF, ...ON_FARGATE, DD_APM_ENABLED: 'true', DD_APM_TARGET_TPS: '0.5' });
    expect(application).toEqual(sidecarWith(AgentFeature.apm()).application);
  });

  test.each([
    ['sampleRate', { sampleRate: 1.1 }, "'sampleRate' must be a number from 0 to 1, got: 1.1"],
    ['sampleRate', { sampleRate: NaN }, "'sampleRate' must be a number from 0 to 1, got: NaN"],
    ['a rule', { samplingRules: [{ sampleRate: 1 }, { sampleRate: -1 }] }, "'samplingRules[1].sampleRate' must be a number from 0 to 1, got: -1"],
    ['the target', { targetTracesPerSecond: -1 }, "'targetTracesPerSecond' must be a number of 0 or more, got: -1"],
  ])('is refused out of bounds: %s', (_name, options, message) => {
    expect(() => daemonWith(AgentFeature.apm(options))).toThrow(message);
  });
});

test.each([
  ['inferredProxyServices', 'DD_TRACE_INFERRED_PROXY_SERVICES_ENABLED'],
  ['logInjection', 'DD_LOGS_INJECTION'],
])('%s is said to applications in both directions, and left to the tracer otherwise', (option, name) => {
  for (const value of [true, false]) {
    expect(daemonWith(AgentFeature.apm({ [option]: value })).application.environment[name]).toBe(String(value));
  }
  expect(daemonWith(AgentFeature.apm()).application.environment).toEqual({ DD_TRACE_AGENT_URL: 'unix:///var/run/datadog/apm.socket' });
});
