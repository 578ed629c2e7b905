// SPDX-License-Identifier: Apache-2.0
import { synthesize } from './examples';

/** The resources of an example's only stack. */
function resourcesOf(name: string): { readonly [id: string]: { readonly Type: string; readonly Properties: any } } {
  return synthesize(name).assembly.stacks[0].template.Resources;
}

function ofType(name: string, type: string): any[] {
  return Object.values(resourcesOf(name)).filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
}

/** Task definitions by their containers, in order. */
function tasks(name: string): { [containers: string]: any } {
  const all = ofType(name, 'AWS::ECS::TaskDefinition');
  return Object.fromEntries(all.map((task) => [task.ContainerDefinitions.map(({ Name }: any) => Name).join(), task]));
}

const container = (task: any, name: string) => task.ContainerDefinitions.find(({ Name }: any) => Name === name);
const variables = ({ Environment = [] }: any) => Object.fromEntries(Environment.map(({ Name, Value }: any) => [Name, Value]));

test('ec2-windows: one Agent an instance with Windows, and an application that asks the instance for its address', () => {
  const { iis, 'datadog-agent': agent } = tasks('ec2-windows');
  expect(container(agent, 'datadog-agent')).toMatchObject({ Image: expect.stringMatching(/-servercore$/), PortMappings: [{ HostPort: 8126 }, { HostPort: 8125 }] });
  expect(container(iis, 'iis').EntryPoint[2]).toMatch(/\$env:DD_AGENT_HOST = .*local-ipv4.*ServiceMonitor\.exe w3svc$/);
  const services = ofType('ec2-windows', 'AWS::ECS::Service');
  expect(services.map(({ PlacementConstraints }) => PlacementConstraints[0].Expression)).toEqual(Array(2).fill('attribute:ecs.os-type == windows'));
  expect(services.map(({ SchedulingStrategy }) => SchedulingStrategy).sort()).toEqual(['DAEMON', 'REPLICA']);
});

test('ecs-anywhere: an Agent and an application on external instances, joined by sockets', () => {
  const { redis, 'datadog-agent': agent } = tasks('ecs-anywhere');
  expect([redis, agent].map(({ RequiresCompatibilities }) => RequiresCompatibilities)).toEqual([['EXTERNAL'], ['EXTERNAL']]);
  expect(ofType('ecs-anywhere', 'AWS::ECS::Service').map(({ LaunchType }) => LaunchType)).toEqual(['EXTERNAL', 'EXTERNAL']);
  expect(redis.Volumes).toEqual([{ Name: 'dd-sockets', Host: { SourcePath: '/var/run/datadog' } }]);
  expect(container(redis, 'redis').DockerLabels).toHaveProperty(['com.datadoghq.ad.checks']);
  expect(variables(container(agent, 'datadog-agent')).DD_TAGS).toBe('site:berlin');
});

test('managed-instances: a managed daemon for one capacity provider, a sidecar on the other', () => {
  const { app: api, 'app,datadog-agent': batch } = tasks('managed-instances');
  const [daemon] = ofType('managed-instances', 'AWS::ECS::Daemon');
  expect(daemon.CapacityProviderArns).toHaveLength(1);
  expect(daemon.Critical).toBe(false);
  const [daemonTask] = ofType('managed-instances', 'AWS::ECS::DaemonTaskDefinition');
  expect(daemonTask).toMatchObject({ PidMode: 'shared', Cpu: '256', Memory: '512' });
  expect(variables(daemonTask.ContainerDefinitions[0])).toMatchObject({ ECS_MANAGED_INSTANCES: 'true' });
  expect(api.Volumes).toEqual([{ Name: 'dd-sockets', Host: { SourcePath: '/var/run/datadog' } }]);
  expect(batch.Volumes).toEqual([{ Name: 'dd-sockets' }]);
  expect(variables(container(batch, 'datadog-agent'))).toMatchObject({ DD_ECS_DEPLOYMENT_MODE: 'sidecar' });
});

test('fargate-windows: the network in place of sockets, the image for Windows', () => {
  const { 'iis,datadog-agent': task } = tasks('fargate-windows');
  expect(task.Volumes).toBeUndefined();
  expect(container(task, 'datadog-agent')).toMatchObject({ Image: expect.stringMatching(/-servercore$/), WorkingDirectory: 'C:\\' });
  expect(variables(container(task, 'iis'))).toMatchObject({ DD_AGENT_HOST: '127.0.0.1', DD_SERVICE: 'reports' });
});

test('fargate-read-only: no container writes to its root, and the Agent waits for its configuration', () => {
  const { 'memcached,datadog-agent,datadog-agent-config': task } = tasks('fargate-read-only');
  expect(task.ContainerDefinitions.map(({ ReadonlyRootFilesystem }: any) => ReadonlyRootFilesystem)).toEqual([true, true, true]);
  expect(container(task, 'datadog-agent').DependsOn).toEqual([{ ContainerName: 'datadog-agent-config', Condition: 'SUCCESS' }]);
});
