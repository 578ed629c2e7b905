// SPDX-License-Identifier: Apache-2.0
import { CfnParameter, Stack } from 'aws-cdk-lib';
import { AgentFeature, AgentPlatform } from '../../../lib/agent';
import { planOn } from '../plan-fixture';

const LLM = { DD_LLMOBS_ENABLED: 'true', DD_LLMOBS_AGENTLESS_ENABLED: 'false' };

const PRODUCTS: [string, () => AgentFeature, { [name: string]: string }][] = [
  ['profiling', () => AgentFeature.profiling(), { DD_PROFILING_ENABLED: 'true' }],
  ['data-streams', () => AgentFeature.dataStreams(), { DD_DATA_STREAMS_ENABLED: 'true' }],
  ['app-and-api-protection', () => AgentFeature.appAndApiProtection(), { DD_APPSEC_ENABLED: 'true' }],
  ['llm-observability', () => AgentFeature.llmObservability(), LLM],
];

describe.each(PRODUCTS)('%s', (name, feature, settings) => {
  test.each(Object.values(AgentPlatform))('is a matter of the applications of a %s, and changes nothing in the Agent', (platform) => {
    const traces = planOn(platform, AgentFeature.apm());
    const both = planOn(platform, AgentFeature.apm(), feature());
    expect(both.application).toEqual({ ...traces.application, environment: { ...traces.application.environment, ...settings } });
    expect({ ...both, application: traces.application, features: traces.features }).toEqual(traces);
  });

  test('needs the trace Agent, which it builds on', () => {
    expect(() => planOn(AgentPlatform.EC2_DAEMON, feature(), AgentFeature.dogStatsD())).toThrow(
      `'features' must hold 'apm' for '${name}', which builds on it, got: '${name}', 'dogstatsd'`);
  });
});

test('App and API Protection says whether it finds out endpoints, if asked', () => {
  for (const apiSecurity of [true, false]) {
    expect(planOn(AgentPlatform.FARGATE_SIDECAR, AgentFeature.apm(), AgentFeature.appAndApiProtection({ apiSecurity })).application.environment)
      .toMatchObject({ DD_APPSEC_ENABLED: 'true', DD_API_SECURITY_ENABLED: String(apiSecurity) });
  }
});

describe('the name of an LLM application', () => {
  function named(mlApp: string) {
    return planOn(AgentPlatform.FARGATE_SIDECAR, AgentFeature.apm(), AgentFeature.llmObservability({ mlApp })).application.environment;
  }

  test.each(['chat', 'a-b_c:d.e/f', 'größe', '1', 'x'.repeat(193)])('may be %s', (mlApp) => {
    expect(named(mlApp)).toMatchObject({ ...LLM, DD_LLMOBS_ML_APP: mlApp });
  });

  test.each(['', 'Chat', 'two words', 'a__b', 'a_', 'x'.repeat(194)])("must not be '%s'", (mlApp) => {
    expect(() => named(mlApp)).toThrow('\'mlApp\' must be at most 193 lower-case letters, digits and \'_-:./\', without two '
      + `underscores in a row or one at the end, got: '${mlApp}'`);
  });

  test('may be known at deployment only', () => {
    const mlApp = `Chat-${new CfnParameter(new Stack(), 'Name').valueAsString}`;
    expect(named(mlApp).DD_LLMOBS_ML_APP).toBe(mlApp);
  });
});
