// SPDX-License-Identifier: Apache-2.0
import { AgentFeature } from '../../../lib/agent';
import { ALL_OFF, daemonFor, daemonWith, furtherMounts, sidecarWith, SIDECAR_ALL_OFF } from '../plan-fixture';

const ON = { DD_PROCESS_CONFIG_PROCESS_COLLECTION_ENABLED: 'true' };

test('are switched on alone', () => {
  expect(daemonWith(AgentFeature.processes()).environment).toEqual({ ...ALL_OFF, ...ON });
  expect(sidecarWith(AgentFeature.processes()).environment).toEqual({ ...SIDECAR_ALL_OFF, ...ON });
});

test('in a daemon need the process namespace of the instance, and its user names', () => {
  const plan = daemonWith(AgentFeature.processes());
  expect(plan.pidMode).toBe('host');
  expect(furtherMounts(plan)).toEqual([{ volumeName: 'passwd', hostPath: '/etc/passwd', containerPath: '/etc/passwd', readOnly: true }]);
});

test('in a sidecar need the process namespace of the task, and no path that Fargate does not have', () => {
  expect(sidecarWith(AgentFeature.processes())).toMatchObject({ pidMode: 'task', mounts: [] });
});

test('leave arguments out by option only', () => {
  expect(daemonWith(AgentFeature.processes({ stripArguments: true })).environment).toEqual({ ...ALL_OFF, ...ON, DD_STRIP_PROCESS_ARGS: 'true' });
  expect(daemonWith(AgentFeature.processes({ stripArguments: false })).environment).toEqual({ ...ALL_OFF, ...ON });
});

test("are sent to the account's own address for processes", () => {
  const { environment } = daemonFor({ endpoints: { processes: 'https://processes.example' } }, AgentFeature.processes());
  expect(environment.DD_PROCESS_CONFIG_PROCESS_DD_URL).toBe('https://processes.example');
});
