// SPDX-License-Identifier: Apache-2.0
import { AgentFeature, AgentTransport, TagCardinality } from '../../../lib/agent';
import { ALL_OFF, APPLICATIONS_BY_ADDRESS, ON_FARGATE, daemonWith, sidecarWith } from '../plan-fixture';

const ORIGIN = { DD_DOGSTATSD_ORIGIN_DETECTION: 'true', DD_DOGSTATSD_ORIGIN_DETECTION_CLIENT: 'true' };
const ON = { DD_USE_DOGSTATSD: 'true', DD_DOGSTATSD_TAG_CARDINALITY: 'orchestrator' };

test('is switched on alone, with the tags of who sent a metric', () => {
  expect(daemonWith(AgentFeature.dogStatsD()).environment).toEqual({ ...ALL_OFF, ...ON, ...ORIGIN });
  expect(sidecarWith(AgentFeature.dogStatsD()).environment).toEqual({ ...ALL_OFF, ...ON_FARGATE, ...ON, ...ORIGIN });
});

test('leaves those tags out by option', () => {
  expect(daemonWith(AgentFeature.dogStatsD({ originDetection: false })).environment).toEqual({ ...ALL_OFF, ...ON });
});

test('over UDP the Agent listens for others on 8125, and applications need its address in place of a socket', () => {
  for (const plan of [daemonWith, sidecarWith].map((planWith) => planWith(AgentFeature.dogStatsD({ transport: AgentTransport.NETWORK })))) {
    expect(plan.environment).toMatchObject({ ...ON, ...ORIGIN, DD_DOGSTATSD_NON_LOCAL_TRAFFIC: 'true' });
    expect(plan.ports).toEqual([{ port: 8125, protocol: 'udp' }]);
    expect(plan.application).toEqual(APPLICATIONS_BY_ADDRESS);
  }
});

test.each([TagCardinality.LOW, TagCardinality.ORCHESTRATOR, TagCardinality.HIGH])('tells senders apart as asked: %s', (cardinality) => {
  expect(daemonWith(AgentFeature.dogStatsD({ cardinality })).environment)
    .toEqual({ ...ALL_OFF, ...ON, ...ORIGIN, DD_DOGSTATSD_TAG_CARDINALITY: cardinality });
});
