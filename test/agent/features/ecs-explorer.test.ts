// SPDX-License-Identifier: Apache-2.0
import { AgentFeature } from '../../../lib/agent';
import { ALL_OFF, ON_FARGATE, daemonFor, daemonWith, sidecarWith } from '../plan-fixture';

const ON = { DD_ECS_TASK_COLLECTION_ENABLED: 'true' };

test('is switched on alone', () => {
  expect(daemonWith(AgentFeature.ecsExplorer()).environment).toEqual({ ...ALL_OFF, ...ON });
  expect(sidecarWith(AgentFeature.ecsExplorer()).environment).toEqual({ ...ALL_OFF, ...ON_FARGATE, ...ON });
});

test("sends tasks to the account's own address for them", () => {
  const { environment } = daemonFor({ endpoints: { orchestrator: 'https://tasks.example' } }, AgentFeature.ecsExplorer());
  expect(environment).toMatchObject({ ...ON, DD_ORCHESTRATOR_EXPLORER_ORCHESTRATOR_DD_URL: 'https://tasks.example' });
});
