// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AgentFeature, AgentFeatureConfig, AgentPlatform } from '../../../lib/agent';
import { daemonWith, planOn } from '../plan-fixture';

/** Everything that a feature may ask for, in objects that nothing else holds. */
function config(): AgentFeatureConfig {
  return {
    environment: { DD_OWN: '1' },
    mounts: [{ volumeName: 'own', containerPath: '/own' }],
    ports: [{ port: 9999, protocol: ecs.Protocol.TCP }],
    taskRolePolicy: [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] })],
    initContainers: [{ name: 'prepare', image: ecs.ContainerImage.fromRegistry('registry.example/prepare:1'), command: ['true'] }],
    applicationEnvironment: { OWN: '1' },
    applicationAgentUrls: { OWN_URL: { scheme: 'udp', port: 9999 } },
  };
}

test.each(Object.values(AgentPlatform))('a feature of your own asks for the same in a %s', (platform) => {
  const none = planOn(platform);
  const own = planOn(platform, AgentFeature.of('own', config()));
  expect(own.environment).toEqual({ ...none.environment, DD_OWN: '1' });
  expect(own.mounts).toEqual([...none.mounts, { volumeName: 'own', containerPath: '/own', readOnly: true }]);
  expect(own.ports).toEqual([{ port: 9999, protocol: 'tcp' }]);
  expect(own.taskRolePolicy.map((statement) => statement.toStatementJson())).toEqual([{ Action: 's3:GetObject', Effect: 'Allow', Resource: '*' }]);
  expect(own.initContainers.map(({ name }) => name)).toEqual(['prepare']);
  expect(own.application).toMatchObject({ environment: { OWN: '1' }, agentUrls: { OWN_URL: { scheme: 'udp', port: 9999 } } });
  expect(own.features).toEqual(['own']);
});

test('may set what is a known setting of a feature that is off', () => {
  expect(daemonWith(AgentFeature.of('own', { environment: { DD_APM_ENABLED: 'true' } })).environment.DD_APM_ENABLED).toBe('true');
});

test('is not changed by what happens to the given objects later', () => {
  const given: any = config();
  const feature = AgentFeature.of('own', given);
  const before = JSON.stringify(daemonWith(feature));
  given.environment.DD_OWN = '2';
  given.mounts[0].containerPath = '/elsewhere';
  given.ports.push({ port: 1, protocol: ecs.Protocol.UDP });
  given.taskRolePolicy[0].addActions('s3:DeleteObject');
  given.initContainers[0].command.push('false');
  given.applicationAgentUrls.OWN_URL.port = 1;
  expect(JSON.stringify(daemonWith(feature))).toBe(before);
});

test('neither changes nor freezes the given objects', () => {
  const given = config();
  const before = JSON.stringify(given);
  daemonWith(AgentFeature.of('own', given));
  expect(JSON.stringify(given)).toBe(before);
  const [init] = given.initContainers!;
  const objects = [given, ...Object.values(given), given.mounts![0], init, init.command, given.taskRolePolicy![0]];
  expect(objects.filter((object) => Object.isFrozen(object))).toEqual([]);
});

test('given twice is one, given twice differently is an error', () => {
  expect(daemonWith(AgentFeature.of('own', config()), AgentFeature.of('own', config())).ports).toHaveLength(1);
  expect(() => daemonWith(AgentFeature.of('own', config()), AgentFeature.of('own', {}))).toThrow("got: 'own' twice with different options");
});

test('two that announce different addresses under one name are an error', () => {
  const other = AgentFeature.of('other', { applicationAgentUrls: { OWN_URL: { scheme: 'udp', port: 1 } } });
  expect(() => daemonWith(AgentFeature.of('own', config()), other)).toThrow("'features' must agree on OWN_URL, got: 'udp://…:1' and 'udp://…:9999'");
});

test('an address under a name that another feature sets as well is an error', () => {
  const other = AgentFeature.of('other', { applicationEnvironment: { OWN_URL: 'udp://here' } });
  expect(() => daemonWith(AgentFeature.of('own', config()), other)).toThrow("'features' must agree on OWN_URL, got: 'udp://here' and 'udp://…:9999'");
});

test.each(['apm', 'logs', 'remote-configuration'])("must not be named '%s', which is another feature", (name) => {
  expect(() => AgentFeature.of(name, {})).toThrow(`'name' must not be that of a feature which AgentFeature offers, got: '${name}'`);
});

test('must be named', () => {
  expect(() => AgentFeature.of('', {})).toThrow("'name' must tell the feature from others, got: ''");
});

test.each([
  ['environment', { environment: { DD_API_KEY: 'k' } }, 'DD_API_KEY'],
  ['applicationEnvironment', { applicationEnvironment: { DD_APP_KEY: 'k' } }, 'DD_APP_KEY'],
])('must not hold a key in %s, which would stand in the template', (_name, own, name) => {
  expect(() => daemonWith(AgentFeature.of('own', own))).toThrow(`'features' must not hold keys, since they would stand in the template, got: '${name}'`);
});
