// SPDX-License-Identifier: Apache-2.0
import { AgentFeature, AgentTransport } from '../../../lib/agent';
import { ALL_OFF, daemonFor, daemonWith, sidecarWith, SIDECAR_ALL_OFF } from '../plan-fixture';

test('is switched on alone', () => {
  expect(daemonWith(AgentFeature.apm()).environment).toEqual({ ...ALL_OFF, DD_APM_ENABLED: 'true' });
  expect(sidecarWith(AgentFeature.apm()).environment).toEqual({ ...SIDECAR_ALL_OFF, DD_APM_ENABLED: 'true' });
});

test('over TCP the Agent listens for others on 8126, and applications need its address in place of a socket', () => {
  for (const plan of [daemonWith, sidecarWith].map((planWith) => planWith(AgentFeature.apm({ transport: AgentTransport.NETWORK })))) {
    expect(plan.environment).toMatchObject({ DD_APM_ENABLED: 'true', DD_APM_NON_LOCAL_TRAFFIC: 'true' });
    expect(plan.ports).toEqual([{ port: 8126, protocol: 'tcp' }]);
    expect(plan.application).toEqual({ environment: {}, mounts: [], needsAgentHost: true });
  }
});

test("sends to the account's own address for traces", () => {
  expect(daemonFor({ endpoints: { traces: 'https://traces.example' } }, AgentFeature.apm()).environment.DD_APM_DD_URL).toBe('https://traces.example');
  expect(daemonWith(AgentFeature.apm()).environment).not.toHaveProperty('DD_APM_DD_URL');
});
