// SPDX-License-Identifier: Apache-2.0
import { CfnParameter, Stack } from 'aws-cdk-lib';
import { AgentDaemonService, AgentFeature, AgentPlatform } from '../../../lib/agent';
import { account, ec2Cluster, inStack, renderedContainer, renderedTask } from '../fixture';
import { daemonWith, furtherMounts, planOn } from '../plan-fixture';

const CHECKS = { volumeName: 'datadog-checks', hostPath: '/opt/checks', containerPath: '/checks.d', readOnly: true };
const CONFIGURATION = { volumeName: 'datadog-conf', hostPath: '/opt/conf', containerPath: '/conf.d', readOnly: true };
const BOTH = { checksDirectory: '/opt/checks', configurationDirectory: '/opt/conf' };

test.each([AgentPlatform.EC2_DAEMON, AgentPlatform.EXTERNAL_DAEMON])('a %s reads them from the instance', (platform) => {
  const plan = planOn(platform, AgentFeature.customChecks(BOTH));
  expect(furtherMounts(plan)).toEqual([CHECKS, CONFIGURATION]);
  expect(plan.environment).toEqual(planOn(platform).environment);
});

test('either directory may be there alone', () => {
  expect(furtherMounts(daemonWith(AgentFeature.customChecks({ checksDirectory: '/opt/checks' })))).toEqual([CHECKS]);
  expect(furtherMounts(daemonWith(AgentFeature.customChecks({ configurationDirectory: '/opt/conf' })))).toEqual([CONFIGURATION]);
});

test('neither is an error, and so is a path that Docker would take for a volume', () => {
  expect(() => daemonWith(AgentFeature.customChecks({}))).toThrow("'checksDirectory' or 'configurationDirectory' must be given, got: neither");
  expect(() => daemonWith(AgentFeature.customChecks({ configurationDirectory: 'conf' }))).toThrow(
    "'configurationDirectory' must be an absolute path on the instances, such as '/opt/datadog-agent-checks.d', got: 'conf'");
});

test('a path may be known at deployment only', () => {
  const checksDirectory = new CfnParameter(new Stack(), 'Path').valueAsString;
  expect(furtherMounts(daemonWith(AgentFeature.customChecks({ checksDirectory })))).toEqual([{ ...CHECKS, hostPath: checksDirectory }]);
});

test.each([
  AgentPlatform.EC2_WINDOWS_DAEMON, AgentPlatform.MANAGED_DAEMON, AgentPlatform.MANAGED_SIDECAR, AgentPlatform.FARGATE_SIDECAR,
  AgentPlatform.FARGATE_WINDOWS_SIDECAR,
])('a %s takes an image of your own instead', (platform) => {
  expect(() => planOn(platform, AgentFeature.customChecks(BOTH))).toThrow(
    new RegExp(`^'features' of a ${platform} must not hold 'custom-checks', since .* \\(https://.*\\); use an image with the checks in .*, as the property 'image'$`));
});

test('are mounted in the container', () => {
  const stack = inStack();
  new AgentDaemonService(stack, 'Daemon', { cluster: ec2Cluster(stack), datadog: account(stack), features: [AgentFeature.customChecks(BOTH)] });
  expect(renderedContainer(stack, 'datadog-agent').MountPoints).toEqual(expect.arrayContaining([
    { ContainerPath: '/checks.d', ReadOnly: true, SourceVolume: 'datadog-checks' },
    { ContainerPath: '/conf.d', ReadOnly: true, SourceVolume: 'datadog-conf' },
  ]));
  expect(renderedTask(stack).Volumes).toEqual(expect.arrayContaining([
    { Name: 'datadog-checks', Host: { SourcePath: '/opt/checks' } }, { Name: 'datadog-conf', Host: { SourcePath: '/opt/conf' } },
  ]));
});
