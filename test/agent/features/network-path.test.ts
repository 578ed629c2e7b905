// SPDX-License-Identifier: Apache-2.0
import { Lazy, Stack } from 'aws-cdk-lib';
import { AgentFeature, AgentPlatform } from '../../../lib/agent';
import { daemonWith, planOn } from '../plan-fixture';

const monitoring = AgentFeature.networkMonitoring();
const TRACED = { DD_TRACEROUTE_ENABLED: 'true', DD_NETWORK_PATH_CONNECTIONS_MONITORING_ENABLED: 'true' };

test.each([AgentPlatform.EC2_DAEMON, AgentPlatform.EXTERNAL_DAEMON])('in a %s adds its settings to network monitoring and nothing else', (platform) => {
  const without = planOn(platform, monitoring);
  const plan = planOn(platform, monitoring, AgentFeature.networkPath());
  expect(plan).toEqual({ ...without, features: ['network-monitoring', 'network-path'], environment: { ...without.environment, ...TRACED } });
});

test('traces so many paths at a time', () => {
  expect(daemonWith(monitoring, AgentFeature.networkPath({ workers: 8 })).environment.DD_NETWORK_PATH_COLLECTOR_WORKERS).toBe('8');
  const { environment } = daemonWith(monitoring, AgentFeature.networkPath({ workers: Lazy.number({ produce: () => 8 }) }));
  expect(new Stack().resolve(environment.DD_NETWORK_PATH_COLLECTOR_WORKERS)).toBe('8');
});

test.each([0, -1, 1.5, NaN])('%p workers are none', (workers) => {
  expect(() => daemonWith(monitoring, AgentFeature.networkPath({ workers }))).toThrow(`'workers' must be a whole number of 1 or more, got: ${workers}`);
});

test('alone has nothing to trace', () => {
  expect(() => daemonWith(AgentFeature.apm(), AgentFeature.networkPath())).toThrow(
    "'features' must hold 'network-monitoring' for 'network-path', which builds on it, got: 'apm', 'network-path'");
});

test.each(Object.values(AgentPlatform).filter((platform) => ![AgentPlatform.EC2_DAEMON, AgentPlatform.EXTERNAL_DAEMON].includes(platform)))(
  'in a %s is refused', (platform) => {
    expect(() => planOn(platform, AgentFeature.networkPath())).toThrow(`'features' of a ${platform} must not hold 'network-path', since `);
  });
