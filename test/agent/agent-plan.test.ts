// SPDX-License-Identifier: Apache-2.0
import { ALL_OFF, DAEMON, ON_FARGATE, SIDECAR } from './plan-fixture';
import { pureAccount } from './pure-account';
import { AgentFeature, AgentTransport } from '../../lib/agent';
import { planAgent } from '../../lib/agent/agent-plan';
import { DatadogSite } from '../../lib/datadog';


describe('an Agent without features', () => {
  test('is told that each of them is off', () => {
    expect(planAgent(DAEMON, { defaultFeatures: false }).environment).toEqual(ALL_OFF);
    expect(planAgent(SIDECAR, { defaultFeatures: false }).environment).toEqual({ ...ALL_OFF, ...ON_FARGATE });
  });

  test('asks nothing of applications, opens no port and needs no permission', () => {
    expect(planAgent(DAEMON, { defaultFeatures: false })).toMatchObject({
      ports: [], taskRolePolicy: [], pidMode: undefined, application: { environment: {}, mounts: [], needsAgentHost: false },
    });
  });

  test('sees runtime, processes and resource limits of an instance, read-only, and nothing on Fargate', () => {
    expect(planAgent(DAEMON, { defaultFeatures: false }).mounts).toEqual([
      { volumeName: 'docker_sock', hostPath: '/var/run/docker.sock', containerPath: '/var/run/docker.sock', readOnly: true },
      { volumeName: 'proc', hostPath: '/proc/', containerPath: '/host/proc', readOnly: true },
      { volumeName: 'cgroup', hostPath: '/sys/fs/cgroup/', containerPath: '/host/sys/fs/cgroup', readOnly: true },
    ]);
    expect(planAgent(SIDECAR, { defaultFeatures: false }).mounts).toEqual([]);
  });
});

describe('which features', () => {
  test('the recommended ones, and configuration from Datadog as in any Agent; a daemon tails logs too', () => {
    expect(planAgent(SIDECAR, {}).features).toEqual(['apm', 'dogstatsd', 'ecs-explorer', 'live-containers', 'remote-configuration']);
    expect(planAgent(DAEMON, {}).features).toEqual(['apm', 'dogstatsd', 'ecs-explorer', 'live-containers', 'logs', 'remote-configuration']);
  });

  test('given ones join the recommended ones', () => {
    expect(planAgent(SIDECAR, { features: [AgentFeature.processes()] }).features).toEqual(
      ['apm', 'dogstatsd', 'ecs-explorer', 'live-containers', 'processes', 'remote-configuration']);
  });

  test('a given one replaces the recommended one of its name and no other', () => {
    const plan = planAgent(SIDECAR, { features: [AgentFeature.apm({ transport: AgentTransport.NETWORK })] });
    expect(plan.features).toEqual(['apm', 'dogstatsd', 'ecs-explorer', 'live-containers', 'remote-configuration']);
    expect(plan.environment).toMatchObject({ DD_APM_NON_LOCAL_TRAFFIC: 'true', DD_USE_DOGSTATSD: 'true' });
    expect(plan.application.environment).toEqual({ DD_DOGSTATSD_URL: 'unix:///var/run/datadog/dsd.socket' });
  });

  test('without the recommended ones: exactly the given ones', () => {
    expect(planAgent(DAEMON, { defaultFeatures: false, features: [AgentFeature.ecsExplorer()] }).features).toEqual(['ecs-explorer']);
  });
});

describe('the account and the options reach the Agent', () => {
  test('site, endpoints and proxy', () => {
    const datadog = pureAccount({
      site: DatadogSite.EU1,
      endpoints: {
        metrics: 'https://metrics.example',
        traces: 'https://traces.example',
        logs: 'https://logs.example/api/v2/logs',
        processes: 'https://processes.example',
        orchestrator: 'https://orchestrator.example',
      },
      proxy: { https: 'http://proxy.example:3128', noProxy: ['a.example', 'b.example'] },
    });
    expect(planAgent({ ...DAEMON, datadog }, { features: [AgentFeature.processes()] }).environment).toMatchObject({
      DD_SITE: 'datadoghq.eu',
      DD_DD_URL: 'https://metrics.example',
      DD_APM_DD_URL: 'https://traces.example',
      DD_LOGS_CONFIG_LOGS_DD_URL: 'logs.example:443',
      DD_PROCESS_CONFIG_PROCESS_DD_URL: 'https://processes.example',
      DD_ORCHESTRATOR_EXPLORER_ORCHESTRATOR_DD_URL: 'https://orchestrator.example',
      DD_PROXY_HTTPS: 'http://proxy.example:3128',
      DD_PROXY_HTTP: 'http://proxy.example:3128',
      DD_PROXY_NO_PROXY: 'a.example b.example',
    });
  });

  test('tags, separated by blanks, which is what the Agent splits at', () => {
    expect(planAgent(SIDECAR, { tags: { team: 'shop', tier: '1' } }).environment.DD_TAGS).toBe('team:shop tier:1');
    expect(planAgent(SIDECAR, { tags: {} }).environment).not.toHaveProperty('DD_TAGS');
  });

  test("the user's own settings win over the features' and are not repeated", () => {
    const { environment } = planAgent(SIDECAR, { environment: { DD_APM_ENABLED: 'false', DD_LOG_LEVEL: 'debug' } });
    expect(environment).toMatchObject({ DD_APM_ENABLED: 'false', DD_LOG_LEVEL: 'debug' });
  });

  test.each([
    'DD_API_KEY', 'DD_APP_KEY', 'DD_APPLICATION_KEY', 'API_KEY', 'DD_LOGS_CONFIG_API_KEY', 'DD_ADDITIONAL_ENDPOINTS', 'DD_APM_ADDITIONAL_ENDPOINTS',
    'DD_LOGS_CONFIG_ADDITIONAL_ENDPOINTS',
  ])('%s is refused among the settings, since it would stand in the template', (name) => {
    expect(() => planAgent(SIDECAR, { environment: { [name]: 'abc' } })).toThrow(new Error(
      `'environment' must not hold keys, since they would stand in the template, got: '${name}'; the Agent's key comes from 'datadog', others belong into 'secrets'`));
  });

  test('a name that only resembles those passes', () => {
    const environment = { DD_APM_REPLACE_KEYS: 'x', DD_KEY: 'x', DD_MYAPI_KEYS: 'x', DD_ADDITIONAL_ENDPOINTS_NONE: 'x', MONKEY_APP_KEYRING: 'x' };
    expect(planAgent(SIDECAR, { environment }).environment).toMatchObject(environment);
  });

  test('a feature of the user\'s own cannot bring a key in either', () => {
    class Leak extends AgentFeature {
      public readonly name = 'leak';
      public bind() {
        return { environment: { DD_LOGS_CONFIG_API_KEY: 'abc' } };
      }
    }
    expect(() => planAgent(SIDECAR, { features: [new Leak()] })).toThrow(new Error(
      "'features' must not hold keys, since they would stand in the template, got: 'DD_LOGS_CONFIG_API_KEY'; the Agent's key comes from 'datadog', others belong into 'secrets'"));
  });
});

test('Agents that are asked for nothing in particular share a plan of their account and platform', () => {
  const shared = planAgent(SIDECAR, {});
  expect(planAgent(SIDECAR, { features: [], tags: {}, defaultFeatures: true })).toBe(shared);
  expect(planAgent(SIDECAR, { tags: { team: 'shop' } })).not.toBe(shared);
  expect(planAgent({ ...SIDECAR, datadog: pureAccount() }, {})).not.toBe(shared);
  expect(planAgent(DAEMON, {}).platform).toBe(DAEMON.platform);
});
