// SPDX-License-Identifier: Apache-2.0
import { AgentFeature, AgentPlatform } from '../../../lib/agent';
import { ALL_OFF, daemonWith, furtherMounts, planOn } from '../plan-fixture';
import { SYSTEM_PROBE } from '../system-probe-fixture';

const INSTANCES = [AgentPlatform.EC2_DAEMON, AgentPlatform.EXTERNAL_DAEMON];
const OTHERS = Object.values(AgentPlatform).filter((platform) => !INSTANCES.includes(platform));
const ROOT = { volumeName: 'root', hostPath: '/', containerPath: '/host/root', readOnly: true };

describe('compliance', () => {
  test.each(INSTANCES)('in a %s only reads, also the configuration of the instance', (platform) => {
    const plan = planOn(platform, AgentFeature.compliance());
    expect(plan.environment).toEqual({
      ...ALL_OFF, DD_COMPLIANCE_CONFIG_ENABLED: 'true', DD_COMPLIANCE_CONFIG_HOST_BENCHMARKS_ENABLED: 'true', HOST_ROOT: '/host/root',
    });
    expect(plan.capabilities).toEqual(SYSTEM_PROBE);
    expect(furtherMounts(plan)).toEqual([
      { volumeName: 'passwd', hostPath: '/etc/passwd', containerPath: '/etc/passwd', readOnly: true },
      { volumeName: 'os_release', hostPath: '/etc/os-release', containerPath: '/host/etc/os-release', readOnly: true },
      ROOT,
    ]);
  });

  test('leaves the instances out by option, said out loud since the Agent has them by default', () => {
    expect(daemonWith(AgentFeature.compliance({ hostBenchmarks: false })).environment).toMatchObject({
      DD_COMPLIANCE_CONFIG_ENABLED: 'true', DD_COMPLIANCE_CONFIG_HOST_BENCHMARKS_ENABLED: 'false',
    });
  });

  test.each(OTHERS)('in a %s is refused', (platform) => {
    expect(() => planOn(platform, AgentFeature.compliance())).toThrow(`'features' of a ${platform} must not hold 'compliance', since `);
  });
});

describe('bills of material', () => {
  const IMAGES = { DD_SBOM_CONTAINER_IMAGE_ENABLED: 'true', DD_CONTAINER_IMAGE_ENABLED: 'true' };

  test.each(INSTANCES)('in a %s are of instances and images, without any capability', (platform) => {
    const plan = planOn(platform, AgentFeature.sbom());
    expect(plan.environment).toEqual({ ...ALL_OFF, DD_SBOM_ENABLED: 'true', DD_SBOM_HOST_ENABLED: 'true', ...IMAGES, HOST_ROOT: '/host/root' });
    expect(furtherMounts(plan)).toEqual([ROOT]);
    expect(plan.capabilities).toEqual([]);
  });

  test('of images alone leave the files of the instance alone', () => {
    const plan = daemonWith(AgentFeature.sbom({ hosts: false }));
    expect(plan.environment).toEqual({ ...ALL_OFF, DD_SBOM_ENABLED: 'true', DD_SBOM_HOST_ENABLED: 'false', ...IMAGES });
    expect(furtherMounts(plan)).toEqual([]);
  });

  test('of instances alone do not touch what the Agent collects of images otherwise', () => {
    expect(daemonWith(AgentFeature.sbom({ containerImages: false })).environment).toEqual({
      ...ALL_OFF, DD_SBOM_ENABLED: 'true', DD_SBOM_HOST_ENABLED: 'true', DD_SBOM_CONTAINER_IMAGE_ENABLED: 'false', HOST_ROOT: '/host/root',
    });
  });

  test('of nothing are a mistake', () => {
    expect(() => daemonWith(AgentFeature.sbom({ hosts: false, containerImages: false }))).toThrow(
      "'hosts' or 'containerImages' of AgentFeature.sbom() must be true, got: 'false' for both");
  });

  test.each(OTHERS)('in a %s are refused', (platform) => {
    expect(() => planOn(platform, AgentFeature.sbom())).toThrow(`'features' of a ${platform} must not hold 'sbom', since `);
  });
});
