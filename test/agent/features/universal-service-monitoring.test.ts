// SPDX-License-Identifier: Apache-2.0
import { AgentFeature, AgentPlatform } from '../../../lib/agent';
import { ALL_OFF, daemonWith, furtherMounts, planOn } from '../plan-fixture';
import { SYSTEM_PROBE } from '../system-probe-fixture';

const feature = AgentFeature.universalServiceMonitoring;
const TLS = 'DD_SERVICE_MONITORING_CONFIG_TLS';
const HTTP2 = 'DD_SERVICE_MONITORING_CONFIG_ENABLE_HTTP2_MONITORING';
const DEFAULTS = { [HTTP2]: 'false', [`${TLS}_NATIVE_ENABLED`]: 'false', [`${TLS}_GO_ENABLED`]: 'true', [`${TLS}_NODEJS_ENABLED`]: 'false', [`${TLS}_ISTIO_ENABLED`]: 'true' };

describe.each([AgentPlatform.EC2_DAEMON, AgentPlatform.EXTERNAL_DAEMON])('in a %s', (platform) => {
  test('sees HTTP, with what the Agent sees by default said out loud, and switches nothing else on', () => {
    expect(planOn(platform, feature()).environment).toEqual({ ...ALL_OFF, DD_SYSTEM_PROBE_SERVICE_MONITORING_ENABLED: 'true', ...DEFAULTS });
  });

  test('needs the size and the capabilities that Datadog lists', () => {
    expect(planOn(platform, feature())).toMatchObject({ cpu: 500, memoryLimitMiB: 1024, capabilities: SYSTEM_PROBE });
  });

  test('reads what it builds probes of, and writes only these', () => {
    const mounts = furtherMounts(planOn(platform, feature()));
    expect(Object.fromEntries(mounts.map(({ hostPath, containerPath, readOnly }) => [`${hostPath} ${containerPath}`, readOnly]))).toEqual({
      '/sys/kernel/debug /sys/kernel/debug': false,
      '/var/lib/docker/containers /var/lib/docker/containers': true,
      '/lib/modules /lib/modules': true,
      '/usr/src /usr/src': true,
      '/etc/apt /host/etc/apt': true,
      '/etc/yum.repos.d /host/etc/yum.repos.d': true,
      '/etc/zypp /host/etc/zypp': true,
      '/etc/pki /host/etc/pki': true,
      '/etc/yum/vars /host/etc/yum/vars': true,
      '/etc/dnf/vars /host/etc/dnf/vars': true,
      '/etc/rhsm /host/etc/rhsm': true,
      '/var/tmp/datadog-agent/system-probe/build /var/tmp/datadog-agent/system-probe/build': false,
      '/var/tmp/datadog-agent/system-probe/kernel-headers /var/tmp/datadog-agent/system-probe/kernel-headers': false,
    });
    // What ECS takes as a volume's name, https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html.
    for (const { volumeName } of mounts) {
      expect(volumeName).toMatch(/^[A-Za-z0-9_-]{1,255}$/);
    }
  });
});

test('sees HTTPS by option, for which it reads the files of the host', () => {
  const plan = daemonWith(feature({ httpsMonitoring: true }));
  expect(plan.environment).toEqual({
    ...ALL_OFF, DD_SYSTEM_PROBE_SERVICE_MONITORING_ENABLED: 'true', ...DEFAULTS, [`${TLS}_NATIVE_ENABLED`]: 'true', HOST_ROOT: '/host/root',
  });
  expect(plan.mounts).toContainEqual({ volumeName: 'root', hostPath: '/', containerPath: '/host/root', readOnly: true });
});

test.each([
  ['http2Monitoring', HTTP2], ['goTls', `${TLS}_GO_ENABLED`], ['nodejsTls', `${TLS}_NODEJS_ENABLED`], ['istioTls', `${TLS}_ISTIO_ENABLED`],
])('%s decides over %s alone', (option, setting) => {
  for (const value of [true, false]) {
    expect(daemonWith(feature({ [option]: value })).environment).toEqual({
      ...ALL_OFF, DD_SYSTEM_PROBE_SERVICE_MONITORING_ENABLED: 'true', ...DEFAULTS, [setting]: String(value),
    });
  }
});

test.each(Object.values(AgentPlatform).filter((platform) => ![AgentPlatform.EC2_DAEMON, AgentPlatform.EXTERNAL_DAEMON].includes(platform)))(
  'in a %s is refused', (platform) => {
    expect(() => planOn(platform, feature())).toThrow(`'features' of a ${platform} must not hold 'universal-service-monitoring', since `);
  });
