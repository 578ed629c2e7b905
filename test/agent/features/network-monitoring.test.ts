// SPDX-License-Identifier: Apache-2.0
import { AgentFeature, AgentPlatform } from '../../../lib/agent';
import { daemonFor, furtherMounts, planOn } from '../plan-fixture';
import { SYSTEM_PROBE } from '../system-probe-fixture';

const feature = AgentFeature.networkMonitoring;
const DAEMONS = [AgentPlatform.EC2_DAEMON, AgentPlatform.EXTERNAL_DAEMON, AgentPlatform.MANAGED_DAEMON];

test.each(DAEMONS)('in a %s is one setting, the right to look into the kernel, and a directory that is written to', (platform) => {
  const off = planOn(platform);
  const on = planOn(platform, feature());
  expect(on.environment).toEqual({ ...off.environment, DD_SYSTEM_PROBE_NETWORK_ENABLED: 'true' });
  expect(off.capabilities).toEqual([]);
  expect(on.capabilities).toEqual(SYSTEM_PROBE);
  expect(on.mounts).toEqual([
    ...off.mounts, { volumeName: 'debug', hostPath: '/sys/kernel/debug', containerPath: '/sys/kernel/debug', readOnly: false },
  ]);
});

test("is sent to the account's own address for processes", () => {
  const { environment } = daemonFor({ endpoints: { processes: 'https://processes.example' } }, feature());
  expect(environment.DD_PROCESS_CONFIG_PROCESS_DD_URL).toBe('https://processes.example');
});

test.each([
  [AgentPlatform.FARGATE_SIDECAR, 'has no access to the kernel'],
  [AgentPlatform.MANAGED_SIDECAR, 'has no access to the kernel'],
  [AgentPlatform.EC2_WINDOWS_DAEMON, 'hosts of Windows only, not their containers'],
  [AgentPlatform.FARGATE_WINDOWS_SIDECAR, 'hosts of Windows only, not their containers'],
])('in a %s is refused, since it %s', (platform, reason) => {
  expect(() => planOn(platform, feature())).toThrow(
    new RegExp(`'features' of a ${platform} must not hold 'network-monitoring', since .*${reason}.*\\(https://docs\\.datadoghq\\.com/`));
});

test('together with all else that looks into the kernel shares its mounts and capabilities', () => {
  const plan = planOn(AgentPlatform.EC2_DAEMON,
    feature(), AgentFeature.networkPath(), AgentFeature.universalServiceMonitoring({ httpsMonitoring: true }),
    AgentFeature.workloadProtection(), AgentFeature.compliance(), AgentFeature.sbom(), AgentFeature.processes(), AgentFeature.logCollection());
  expect(plan.capabilities).toEqual(SYSTEM_PROBE);
  const mounts = furtherMounts(plan);
  expect(mounts.filter(({ readOnly }) => !readOnly).map(({ volumeName }) => volumeName).sort()).toEqual(
    ['debug', 'pointdir', 'system-probe-build', 'system-probe-kernel-headers']);
  for (const property of ['volumeName', 'hostPath', 'containerPath'] as const) {
    expect(new Set(mounts.map((mount) => mount[property])).size).toBe(mounts.length);
  }
});
