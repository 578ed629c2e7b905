// SPDX-License-Identifier: Apache-2.0
import { CfnParameter, Stack } from 'aws-cdk-lib';
import { AgentFeature, AgentPlatform } from '../../../lib/agent';
import { planAgent } from '../../../lib/agent/agent-plan';
import { DatadogSite } from '../../../lib/datadog';
import { pureAccount } from '../pure-account';

function plan(site: DatadogSite, platform = AgentPlatform.EC2_DAEMON) {
  return planAgent({ platform, datadog: pureAccount({ site }) }, { features: [AgentFeature.fips()] });
}

const LINUX = [
  AgentPlatform.EC2_DAEMON, AgentPlatform.EXTERNAL_DAEMON, AgentPlatform.MANAGED_DAEMON, AgentPlatform.MANAGED_SIDECAR, AgentPlatform.FARGATE_SIDECAR,
];

test.each(LINUX)('a %s takes the image for it, and nothing else changes', (platform) => {
  const without = planAgent({ platform, datadog: pureAccount({ site: DatadogSite.US1_FED }) }, {});
  const withFips = plan(DatadogSite.US1_FED, platform);
  expect(withFips.imageTag).toBe(`${without.imageTag}-fips`);
  expect({ ...withFips, imageTag: without.imageTag, features: without.features }).toEqual(without);
});

test.each([DatadogSite.US1_FED, DatadogSite.US2_FED, DatadogSite.of('ddog-gov.com'), DatadogSite.of('us3.ddog-gov.com')])('%s is for governments', (site) => {
  expect(plan(site).imageTag).toMatch(/-fips$/);
});

test('a site that is known at deployment only is passed on', () => {
  expect(plan(DatadogSite.of(new CfnParameter(new Stack(), 'Site').valueAsString)).imageTag).toMatch(/-fips$/);
});

test.each([
  DatadogSite.US1, DatadogSite.US3, DatadogSite.US5, DatadogSite.EU1, DatadogSite.AP1, DatadogSite.AP2, DatadogSite.UK1, DatadogSite.of('datadoghq.eu'),
])('%s is not, so what is sent there would not be validated', (site) => {
  expect(() => plan(site)).toThrow("'site' must be one of Datadog for Government with AgentFeature.fips(), such as DatadogSite.US1_FED "
    + `(https://docs.datadoghq.com/agent/configuration/fips-compliance/), got: '${site.domain}'`);
});

test.each([AgentPlatform.EC2_WINDOWS_DAEMON, AgentPlatform.FARGATE_WINDOWS_SIDECAR])('a %s has no such image', (platform) => {
  expect(() => plan(DatadogSite.US1_FED, platform)).toThrow(`'features' of a ${platform} must not hold 'fips', since Datadog documents it for images of Linux`);
});
