// SPDX-License-Identifier: Apache-2.0
import { AgentFeature, AgentPlatform } from '../../../lib/agent';
import { ALL_OFF, ON_FARGATE, daemonFor, daemonWith, furtherMounts, planOn, sidecarWith } from '../plan-fixture';

const ON = { DD_PROCESS_CONFIG_PROCESS_COLLECTION_ENABLED: 'true' };

test('are switched on alone', () => {
  expect(daemonWith(AgentFeature.processes()).environment).toEqual({ ...ALL_OFF, ...ON });
  expect(sidecarWith(AgentFeature.processes()).environment).toEqual({ ...ALL_OFF, ...ON_FARGATE, ...ON });
});

test.each([AgentPlatform.EC2_DAEMON, AgentPlatform.EXTERNAL_DAEMON, AgentPlatform.MANAGED_DAEMON])(
  'in a %s need the process namespace of the instance, and its user names', (platform) => {
    const plan = planOn(platform, AgentFeature.processes());
    expect(plan.pidMode).toBe('host');
    expect(plan.mounts).toContainEqual({ volumeName: 'passwd', hostPath: '/etc/passwd', containerPath: '/etc/passwd', readOnly: true });
  });

test('in a daemon need nothing else of the instance', () => {
  expect(furtherMounts(daemonWith(AgentFeature.processes())).map(({ volumeName }) => volumeName)).toEqual(['passwd']);
});

test.each([AgentPlatform.FARGATE_SIDECAR, AgentPlatform.MANAGED_SIDECAR])(
  'in a %s need the process namespace of the task, and no path of a host', (platform) => {
    expect(planOn(platform, AgentFeature.processes())).toMatchObject({ pidMode: 'task', mounts: [] });
  });

test.each([AgentPlatform.EC2_WINDOWS_DAEMON, AgentPlatform.FARGATE_WINDOWS_SIDECAR])('in a %s are refused: there the Agent would see itself only', (platform) => {
  expect(() => planOn(platform, AgentFeature.processes())).toThrow(
    `'features' of a ${platform} must not hold 'processes', since containers of Windows cannot share a process namespace`);
});

test('leave arguments out by option only', () => {
  expect(daemonWith(AgentFeature.processes({ stripArguments: true })).environment).toEqual({ ...ALL_OFF, ...ON, DD_STRIP_PROCESS_ARGS: 'true' });
  expect(daemonWith(AgentFeature.processes({ stripArguments: false })).environment).toEqual({ ...ALL_OFF, ...ON });
});

test("are sent to the account's own address for processes", () => {
  const { environment } = daemonFor({ endpoints: { processes: 'https://processes.example' } }, AgentFeature.processes());
  expect(environment.DD_PROCESS_CONFIG_PROCESS_DD_URL).toBe('https://processes.example');
});
