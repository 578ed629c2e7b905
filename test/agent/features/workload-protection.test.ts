// SPDX-License-Identifier: Apache-2.0
import { CfnParameter, Stack } from 'aws-cdk-lib';
import { AgentFeature, AgentPlatform } from '../../../lib/agent';
import { planAgent } from '../../../lib/agent/agent-plan';
import { DatadogSite } from '../../../lib/datadog';
import { IMAGE_VERSIONS } from '../../../lib/private/image-versions';
import { ALL_OFF, ON_FARGATE, furtherMounts, planOn } from '../plan-fixture';
import { pureAccount } from '../pure-account';
import { SYSTEM_PROBE } from '../system-probe-fixture';

const feature = AgentFeature.workloadProtection;

describe.each([AgentPlatform.EC2_DAEMON, AgentPlatform.EXTERNAL_DAEMON])('%s', (platform) => {
  test('protects with rules from Datadog, and switches nothing else on', () => {
    expect(planOn(platform, feature()).environment).toEqual({
      ...ALL_OFF,
      DD_RUNTIME_SECURITY_CONFIG_ENABLED: 'true',
      DD_RUNTIME_SECURITY_CONFIG_REMOTE_CONFIGURATION_ENABLED: 'true',
      HOST_ROOT: '/host/root',
    });
  });

  test('protects with the rules of the image by option', () => {
    expect(planOn(platform, feature({ remoteConfiguration: false })).environment).toMatchObject({
      DD_RUNTIME_SECURITY_CONFIG_ENABLED: 'true',
      DD_RUNTIME_SECURITY_CONFIG_REMOTE_CONFIGURATION_ENABLED: 'false',
    });
  });

  test("may look into the kernel, and reads the host's files", () => {
    const plan = planOn(platform, feature());
    expect(plan.capabilities).toEqual(SYSTEM_PROBE);
    expect(furtherMounts(plan)).toEqual([
      { volumeName: 'passwd', hostPath: '/etc/passwd', containerPath: '/etc/passwd', readOnly: true },
      { volumeName: 'os_release', hostPath: '/etc/os-release', containerPath: '/host/etc/os-release', readOnly: true },
      { volumeName: 'debug', hostPath: '/sys/kernel/debug', containerPath: '/sys/kernel/debug', readOnly: false },
      { volumeName: 'root', hostPath: '/', containerPath: '/host/root', readOnly: true },
    ]);
  });
});

test.each([AgentPlatform.EC2_WINDOWS_DAEMON, AgentPlatform.FARGATE_WINDOWS_SIDECAR, AgentPlatform.MANAGED_SIDECAR, AgentPlatform.MANAGED_DAEMON])(
  '%s is refused with a reason', (platform) => {
    expect(() => planOn(platform, feature())).toThrow(
      new RegExp(`'features' of a ${platform} must not hold 'workload-protection', since .* \\(https://docs\\.datadoghq\\.com/`));
  });

describe('beside an application on Fargate', () => {
  const plan = planOn(AgentPlatform.FARGATE_SIDECAR, feature());

  test('does without the kernel: no capability and no mount of the Agent, the task\'s process namespace', () => {
    expect(plan.environment).toEqual({
      ...ALL_OFF,
      ...ON_FARGATE,
      DD_RUNTIME_SECURITY_CONFIG_ENABLED: 'true',
      DD_RUNTIME_SECURITY_CONFIG_EBPFLESS_ENABLED: 'true',
      DD_RUNTIME_SECURITY_CONFIG_REMOTE_CONFIGURATION_ENABLED: 'true',
    });
    expect(plan).toMatchObject({ capabilities: [], mounts: [], pidMode: 'task' });
  });

  test('wraps the applications, which wait for the wrapper and for the Agent', () => {
    expect(plan.application).toMatchObject({
      environment: {},
      mounts: [{ volumeName: 'cws-instrumentation-volume', containerPath: '/cws-instrumentation-volume', readOnly: true }],
      capabilities: ['SYS_PTRACE'],
      wrapper: ['/cws-instrumentation-volume/cws-instrumentation', 'trace', '--'],
      awaitsAgent: true,
      needsAgentHost: false,
    });
    expect(plan.initContainers).toEqual([{
      name: 'cws-instrumentation-init',
      image: expect.objectContaining({ imageName: `public.ecr.aws/datadog/cws-instrumentation:${IMAGE_VERSIONS.agent}` }),
      command: ['/cws-instrumentation', 'setup', '--cws-volume-mount', '/cws-instrumentation-volume'],
      dropCapabilities: ['ALL'],
      user: '0',
      mounts: [{ volumeName: 'cws-instrumentation-volume', containerPath: '/cws-instrumentation-volume', readOnly: false }],
      applicationsWait: true,
    }]);
  });

  test("comes from the account's registry", () => {
    const context = { platform: AgentPlatform.FARGATE_SIDECAR, datadog: pureAccount({ imageRegistry: 'mirror.example/datadog' }) };
    expect(planAgent(context, { features: [feature()] }).initContainers[0].image).toMatchObject({
      imageName: `mirror.example/datadog/cws-instrumentation:${IMAGE_VERSIONS.agent}`,
    });
  });
});

describe('rules from Datadog', () => {
  const SETTING = 'DD_RUNTIME_SECURITY_CONFIG_REMOTE_CONFIGURATION_ENABLED';
  const environmentFor = (site: DatadogSite, platform: AgentPlatform, options = {}) =>
    planAgent({ platform, datadog: pureAccount({ site }) }, { features: [feature(options)] }).environment;

  describe.each([AgentPlatform.EC2_DAEMON, AgentPlatform.FARGATE_SIDECAR])('%s', (platform) => {
    test.each([DatadogSite.US1_FED, DatadogSite.US2_FED, DatadogSite.of('us3.ddog-gov.com')])('are not taken on %s, which has none', (site) => {
      expect(environmentFor(site, platform)).toMatchObject({ [SETTING]: 'false', DD_REMOTE_CONFIGURATION_ENABLED: 'false' });
      expect(environmentFor(site, platform, { remoteConfiguration: false })[SETTING]).toBe('false');
      expect(() => environmentFor(site, platform, { remoteConfiguration: true })).toThrow(
        `'remoteConfiguration' of AgentFeature.workloadProtection() must be false for '${site.domain}', since Datadog for Government has none`);
    });

    test('are left to the Agent where the site is known at deployment only, unless somebody says it', () => {
      const site = DatadogSite.of(new CfnParameter(new Stack(), 'Site').valueAsString);
      expect(environmentFor(site, platform)).not.toHaveProperty(SETTING);
      expect(environmentFor(site, platform, { remoteConfiguration: true })[SETTING]).toBe('true');
    });
  });
});
