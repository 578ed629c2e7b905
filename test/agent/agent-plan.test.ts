// SPDX-License-Identifier: Apache-2.0
import { pureAccount } from './pure-account';
import { AgentFeature, AgentPlatform, AgentTransport } from '../../lib/agent';
import { planAgent } from '../../lib/agent/agent-plan';
import { DatadogSite } from '../../lib/datadog';

const DAEMON = { platform: AgentPlatform.EC2_DAEMON, datadog: pureAccount() };
const SIDECAR = { platform: AgentPlatform.FARGATE_SIDECAR, datadog: pureAccount() };

/** What every Agent is told with no feature at all: each known feature is off explicitly, since the Agent's own default may be on. */
const ALL_OFF = {
  DD_SITE: 'datadoghq.com',
  DD_CHECKS_TAG_CARDINALITY: 'orchestrator',
  DD_APM_ENABLED: 'false',
  DD_USE_DOGSTATSD: 'false',
  DD_PROCESS_CONFIG_PROCESS_COLLECTION_ENABLED: 'false',
  DD_LOGS_ENABLED: 'false',
  DD_ECS_TASK_COLLECTION_ENABLED: 'false',
};

const BASE_PATHS = ['/var/run/docker.sock', '/host/proc', '/host/sys/fs/cgroup'];

describe('an Agent without features', () => {
  test('is told that each of them is off', () => {
    expect(planAgent(DAEMON, { defaultFeatures: false }).environment).toEqual(ALL_OFF);
    expect(planAgent(SIDECAR, { defaultFeatures: false }).environment).toEqual({ ...ALL_OFF, ECS_FARGATE: 'true' });
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

describe('each feature alone switches itself on and leaves the others off', () => {
  const dogStatsD = {
    DD_USE_DOGSTATSD: 'true',
    DD_DOGSTATSD_TAG_CARDINALITY: 'orchestrator',
    DD_DOGSTATSD_ORIGIN_DETECTION: 'true',
    DD_DOGSTATSD_ORIGIN_DETECTION_CLIENT: 'true',
  };
  test.each([
    ['apm', AgentFeature.apm(), { DD_APM_ENABLED: 'true' }],
    ['apm over TCP', AgentFeature.apm({ transport: AgentTransport.NETWORK }), { DD_APM_ENABLED: 'true', DD_APM_NON_LOCAL_TRAFFIC: 'true' }],
    ['dogstatsd', AgentFeature.dogStatsD(), dogStatsD],
    ['dogstatsd over UDP', AgentFeature.dogStatsD({ transport: AgentTransport.NETWORK }), { ...dogStatsD, DD_DOGSTATSD_NON_LOCAL_TRAFFIC: 'true' }],
    ['dogstatsd without origin', AgentFeature.dogStatsD({ originDetection: false }),
      { DD_USE_DOGSTATSD: 'true', DD_DOGSTATSD_TAG_CARDINALITY: 'orchestrator' }],
    ['processes', AgentFeature.processes(), { DD_PROCESS_CONFIG_PROCESS_COLLECTION_ENABLED: 'true' }],
    ['processes without arguments', AgentFeature.processes({ stripArguments: true }),
      { DD_PROCESS_CONFIG_PROCESS_COLLECTION_ENABLED: 'true', DD_STRIP_PROCESS_ARGS: 'true' }],
    ['ECS explorer', AgentFeature.ecsExplorer(), { DD_ECS_TASK_COLLECTION_ENABLED: 'true' }],
  ])('%s, on both platforms', (_name, feature, environment) => {
    expect(planAgent(DAEMON, { defaultFeatures: false, features: [feature] }).environment).toEqual({ ...ALL_OFF, ...environment });
    expect(planAgent(SIDECAR, { defaultFeatures: false, features: [feature] }).environment)
      .toEqual({ ...ALL_OFF, ECS_FARGATE: 'true', ...environment });
  });

  test.each([[undefined, 'true'], [true, 'true'], [false, 'false']])('log collection of all containers: %s, and never of the Agent itself', (collectAll, value) => {
    expect(planAgent(DAEMON, { defaultFeatures: false, features: [AgentFeature.logCollection({ collectAll })] }).environment).toEqual({
      ...ALL_OFF,
      DD_LOGS_ENABLED: 'true',
      DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL: value,
      DD_CONTAINER_EXCLUDE_LOGS: 'name:datadog-agent',
    });
  });

  test('log collection writes its offsets to the host, so that no line is lost or sent twice, and only reads the logs', () => {
    const { mounts } = planAgent(DAEMON, { defaultFeatures: false, features: [AgentFeature.logCollection()] });
    expect(mounts.slice(BASE_PATHS.length)).toEqual([
      { volumeName: 'pointdir', hostPath: '/opt/datadog-agent/run', containerPath: '/opt/datadog-agent/run', readOnly: false },
      { volumeName: 'containers_root', hostPath: '/var/lib/docker/containers', containerPath: '/var/lib/docker/containers', readOnly: true },
    ]);
  });

  test('processes need the process namespace of the instance with its user names, or of the task', () => {
    const options = { defaultFeatures: false, features: [AgentFeature.processes()] };
    const daemon = planAgent(DAEMON, options);
    expect(daemon.pidMode).toBe('host');
    expect(daemon.mounts.slice(BASE_PATHS.length)).toEqual([
      { volumeName: 'passwd', hostPath: '/etc/passwd', containerPath: '/etc/passwd', readOnly: true },
    ]);
    expect(planAgent(SIDECAR, options)).toMatchObject({ pidMode: 'task', mounts: [] });
  });
});

describe('transports are chosen per signal', () => {
  const both = (apm: AgentTransport, dogStatsD: AgentTransport) =>
    ({ defaultFeatures: false, features: [AgentFeature.apm({ transport: apm }), AgentFeature.dogStatsD({ transport: dogStatsD })] });
  const { NETWORK, UNIX_SOCKET } = AgentTransport;
  const traceUrl = { DD_TRACE_AGENT_URL: 'unix:///var/run/datadog/apm.socket' };
  const metricUrl = { DD_DOGSTATSD_URL: 'unix:///var/run/datadog/dsd.socket' };

  test.each([
    ['both sockets', UNIX_SOCKET, UNIX_SOCKET, { ...traceUrl, ...metricUrl }, [], false],
    ['traces over TCP', NETWORK, UNIX_SOCKET, metricUrl, [{ port: 8126, protocol: 'tcp' }], true],
    ['metrics over UDP', UNIX_SOCKET, NETWORK, traceUrl, [{ port: 8125, protocol: 'udp' }], true],
    ['both network', NETWORK, NETWORK, {}, [{ port: 8126, protocol: 'tcp' }, { port: 8125, protocol: 'udp' }], true],
  ])('%s', (_name, apm, dogStatsD, environment, ports, needsAgentHost) => {
    for (const context of [DAEMON, SIDECAR]) {
      const plan = planAgent(context, both(apm, dogStatsD));
      expect(plan.ports).toEqual(ports);
      expect(plan.application).toMatchObject({ environment, needsAgentHost });
      // No socket, no shared directory.
      expect(plan.application.mounts).toHaveLength(ports.length === 2 ? 0 : 1);
    }
  });

  test('the Agent creates the sockets, applications only connect; on EC2 they meet on the instance', () => {
    const socket = { volumeName: 'dd-sockets', containerPath: '/var/run/datadog' };
    const daemon = planAgent(DAEMON, both(UNIX_SOCKET, UNIX_SOCKET));
    expect(daemon.mounts.slice(BASE_PATHS.length)).toEqual([{ ...socket, hostPath: '/var/run/datadog', readOnly: false }]);
    expect(daemon.application.mounts).toEqual([{ ...socket, hostPath: '/var/run/datadog', readOnly: true }]);
    const sidecar = planAgent(SIDECAR, both(UNIX_SOCKET, UNIX_SOCKET));
    expect(sidecar.mounts).toEqual([{ ...socket, hostPath: undefined, readOnly: false }]);
    expect(sidecar.application.mounts).toEqual([{ ...socket, hostPath: undefined, readOnly: true }]);
  });
});

describe('which features', () => {
  test('the recommended ones; a daemon tails logs too', () => {
    expect(planAgent(SIDECAR, {}).features).toEqual(['apm', 'dogstatsd', 'ecs-explorer']);
    expect(planAgent(DAEMON, {}).features).toEqual(['apm', 'dogstatsd', 'ecs-explorer', 'logs']);
  });

  test('given ones join the recommended ones', () => {
    expect(planAgent(SIDECAR, { features: [AgentFeature.processes()] }).features).toEqual(['apm', 'dogstatsd', 'ecs-explorer', 'processes']);
  });

  test('a given one replaces the recommended one of its name and no other', () => {
    const plan = planAgent(SIDECAR, { features: [AgentFeature.apm({ transport: AgentTransport.NETWORK })] });
    expect(plan.features).toEqual(['apm', 'dogstatsd', 'ecs-explorer']);
    expect(plan.environment).toMatchObject({ DD_APM_NON_LOCAL_TRAFFIC: 'true', DD_USE_DOGSTATSD: 'true' });
    expect(plan.application.environment).toEqual({ DD_DOGSTATSD_URL: 'unix:///var/run/datadog/dsd.socket' });
  });

  test('without the recommended ones: exactly the given ones', () => {
    expect(planAgent(DAEMON, { defaultFeatures: false, features: [AgentFeature.ecsExplorer()] }).features).toEqual(['ecs-explorer']);
  });

  test('log collection is refused in a sidecar, saying what does its work there', () => {
    expect(() => planAgent(SIDECAR, { features: [AgentFeature.logCollection()] })).toThrow(
      "'features' of a Fargate sidecar must not hold 'logs', which works on: EC2 daemon; give the containers the awslogs driver and their log group a LogForwarder");
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

  test.each([
    ['https://logs.example', 'logs.example:443', undefined],
    ['https://logs.example:8443', 'logs.example:8443', undefined],
    ['http://worker.internal', 'worker.internal:80', 'true'],
    ['http://worker.internal:8282', 'worker.internal:8282', 'true'],
  ])('the log intake %s, encrypted only where its URL says so', (logs, address, withoutTls) => {
    const { environment } = planAgent({ ...DAEMON, datadog: pureAccount({ endpoints: { logs } }) }, {});
    expect(environment.DD_LOGS_CONFIG_LOGS_DD_URL).toBe(address);
    expect(environment.DD_LOGS_CONFIG_LOGS_NO_SSL).toBe(withoutTls);
  });

  test('tags, separated by blanks, which is what the Agent splits at', () => {
    expect(planAgent(SIDECAR, { tags: { team: 'shop', tier: '1' } }).environment.DD_TAGS).toBe('team:shop tier:1');
    expect(planAgent(SIDECAR, { tags: {} }).environment).not.toHaveProperty('DD_TAGS');
  });

  test("the user's own settings win over the features' and are not repeated", () => {
    const { environment } = planAgent(SIDECAR, { environment: { DD_APM_ENABLED: 'false', DD_LOG_LEVEL: 'debug' } });
    expect(environment).toMatchObject({ DD_APM_ENABLED: 'false', DD_LOG_LEVEL: 'debug' });
  });

  test.each(['DD_API_KEY', 'DD_APP_KEY'])('%s is refused among the settings, since it would stand in the template', (name) => {
    expect(() => planAgent(SIDECAR, { environment: { [name]: 'abc' } })).toThrow(
      `'environment' must not hold keys, since it stands in the template, got: '${name}'; the key comes from 'datadog'`);
  });
});
