// SPDX-License-Identifier: Apache-2.0
import { AgentFeature, AgentPlatform } from '../../../lib/agent';
import { planAgent } from '../../../lib/agent/agent-plan';
import { ALL_OFF, DAEMON, daemonFor, daemonWith } from '../plan-fixture';
import { pureAccount } from '../pure-account';

const ON = 'DD_PROCESS_CONFIG_CONTAINER_COLLECTION_ENABLED';

test('are switched on alone', () => {
  expect(daemonWith(AgentFeature.liveContainers()).environment).toEqual({ ...ALL_OFF, [ON]: 'true' });
});

test.each(Object.values(AgentPlatform))('are on in a %s as the Agent itself has it, and off only without the recommended features', (platform) => {
  const context = { platform, datadog: pureAccount() };
  expect(planAgent(context, {}).environment[ON]).toBe('true');
  expect(planAgent(context, { defaultFeatures: false }).environment[ON]).toBe('false');
});

test("share the account's own address with processes", () => {
  const features = [AgentFeature.liveContainers(), AgentFeature.processes()];
  expect(daemonFor({ endpoints: { processes: 'https://processes.example' } }, ...features).environment).toMatchObject({
    [ON]: 'true', DD_PROCESS_CONFIG_PROCESS_COLLECTION_ENABLED: 'true', DD_PROCESS_CONFIG_PROCESS_DD_URL: 'https://processes.example',
  });
  expect(planAgent(DAEMON, { features }).environment).not.toHaveProperty('DD_PROCESS_CONFIG_PROCESS_DD_URL');
});
