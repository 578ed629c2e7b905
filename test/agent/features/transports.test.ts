// SPDX-License-Identifier: Apache-2.0
import { AgentFeature, AgentTransport } from '../../../lib/agent';
import { daemonWith, furtherMounts, sidecarWith } from '../plan-fixture';

const { NETWORK, UNIX_SOCKET } = AgentTransport;
const TRACE_URL = { DD_TRACE_AGENT_URL: 'unix:///var/run/datadog/apm.socket' };
const METRIC_URL = { DD_DOGSTATSD_URL: 'unix:///var/run/datadog/dsd.socket' };

function both(apm: AgentTransport, dogStatsD: AgentTransport) {
  return [AgentFeature.apm({ transport: apm }), AgentFeature.dogStatsD({ transport: dogStatsD })];
}

describe('each signal has its own transport', () => {
  test.each([
    ['both sockets', UNIX_SOCKET, UNIX_SOCKET, { ...TRACE_URL, ...METRIC_URL }, [], false],
    ['traces over TCP', NETWORK, UNIX_SOCKET, METRIC_URL, [{ port: 8126, protocol: 'tcp' }], true],
    ['metrics over UDP', UNIX_SOCKET, NETWORK, TRACE_URL, [{ port: 8125, protocol: 'udp' }], true],
    ['both network', NETWORK, NETWORK, {}, [{ port: 8126, protocol: 'tcp' }, { port: 8125, protocol: 'udp' }], true],
  ])('%s', (_name, apm, dogStatsD, environment, ports, needsAgentHost) => {
    for (const plan of [daemonWith(...both(apm, dogStatsD)), sidecarWith(...both(apm, dogStatsD))]) {
      expect(plan.ports).toEqual(ports);
      expect(plan.application).toMatchObject({ environment, needsAgentHost });
      // Without a socket no directory is shared.
      expect(plan.application.mounts).toHaveLength(ports.length === 2 ? 0 : 1);
    }
  });
});

test('the Agent creates the sockets, applications only connect; on EC2 they meet on the instance', () => {
  const socket = { volumeName: 'dd-sockets', containerPath: '/var/run/datadog' };
  const daemon = daemonWith(...both(UNIX_SOCKET, UNIX_SOCKET));
  expect(furtherMounts(daemon)).toEqual([{ ...socket, hostPath: '/var/run/datadog', readOnly: false }]);
  expect(daemon.application.mounts).toEqual([{ ...socket, hostPath: '/var/run/datadog', readOnly: true }]);
  const sidecar = sidecarWith(...both(UNIX_SOCKET, UNIX_SOCKET));
  expect(sidecar.mounts).toEqual([{ ...socket, hostPath: undefined, readOnly: false }]);
  expect(sidecar.application.mounts).toEqual([{ ...socket, hostPath: undefined, readOnly: true }]);
});
