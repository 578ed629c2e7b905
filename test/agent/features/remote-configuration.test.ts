// SPDX-License-Identifier: Apache-2.0
import { CfnParameter, Stack } from 'aws-cdk-lib';
import { AgentFeature, AgentPlatform } from '../../../lib/agent';
import { AgentPlanOptions, planAgent } from '../../../lib/agent/agent-plan';
import { DatadogSite } from '../../../lib/datadog';
import { ALL_OFF, daemonWith } from '../plan-fixture';
import { pureAccount } from '../pure-account';

const SETTING = 'DD_REMOTE_CONFIGURATION_ENABLED';

function settingFor(site: DatadogSite, options: AgentPlanOptions = {}, platform = AgentPlatform.FARGATE_SIDECAR): string | undefined {
  return planAgent({ platform, datadog: pureAccount({ site }) }, options).environment[SETTING];
}

test('is switched on alone', () => {
  expect(daemonWith(AgentFeature.remoteConfiguration()).environment).toEqual({ ...ALL_OFF, [SETTING]: 'true' });
});

test.each(Object.values(AgentPlatform))('is on by default in a %s, as in an Agent that nobody told anything', (platform) => {
  expect(settingFor(DatadogSite.EU1, {}, platform)).toBe('true');
});

test('is off explicitly without the default features, and is not one of those that Datadog recommends for ECS', () => {
  expect(settingFor(DatadogSite.EU1, { defaultFeatures: false })).toBe('false');
  expect(settingFor(DatadogSite.EU1, { defaultFeatures: false, features: AgentFeature.recommended() })).toBe('false');
});

describe.each([DatadogSite.US1_FED, DatadogSite.US2_FED, DatadogSite.of('ddog-gov.com'), DatadogSite.of('us3.ddog-gov.com')])('%s has none', (site) => {
  test('so it is off by default', () => {
    expect(settingFor(site)).toBe('false');
  });

  test('so asking for it is an error', () => {
    expect(() => settingFor(site, { features: [AgentFeature.remoteConfiguration()] })).toThrow(
      `'features' must not hold 'remote-configuration' for '${site.domain}', since Datadog for Government has none`);
  });
});

test('a site that ends like theirs is none of theirs', () => {
  expect(settingFor(DatadogSite.of('not-ddog-gov.com'))).toBe('true');
});

describe('where the site is known at deployment only', () => {
  const site = DatadogSite.of(new CfnParameter(new Stack(), 'Site').valueAsString);

  test('the Agent decides, which knows the sites that have none unless it is told otherwise', () => {
    expect(settingFor(site)).toBeUndefined();
    expect(settingFor(site, { features: [AgentFeature.remoteConfiguration()] })).toBeUndefined();
  });

  test('off is still said', () => {
    expect(settingFor(site, { defaultFeatures: false })).toBe('false');
  });
});
