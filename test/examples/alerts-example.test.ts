// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { synthesize } from './examples';
import { RenderedCustomResource, customResources, textOf } from '../datadog/resources/fixture';
import { codeOf } from '../logs/fixture';

const { app, assembly } = synthesize('alerts', { context: { 'aws:cdk:enable-path-metadata': true } });
const stack = app.node.findChild('Alerts') as Stack;
const template = Template.fromStack(stack);

/** The resources of a type, by the path of their construct below the stack. */
function byPath(type: string): { readonly [path: string]: any } {
  return Object.fromEntries(Object.values(template.findResources(type)).map(({ Metadata, Properties }) =>
    [Metadata['aws:cdk:path'].replace(/^Alerts\//, '').replace(/\/Resource$/, ''), Properties]));
}

const ruleOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

describe('in CloudWatch', () => {
  const alarms = byPath('AWS::CloudWatch::Alarm');
  const silent = Object.keys(alarms).filter((path) => !alarms[path].AlarmActions);

  test('there is one alarm a rule for the cluster, and a few of the one service that has its own', () => {
    const ofService = Object.keys(alarms).filter((path) => path.includes('/Services/'));
    expect(Object.keys(alarms).filter((path) => !ofService.includes(path)).map(ruleOf)).toEqual([
      'CpuUtilization', 'MemoryUtilization', 'RunningTasks', 'PendingTasks', 'NoTasks', 'EphemeralStorage', 'DeploymentFailed', 'TaskStartImpaired',
      'ImagePullFailed', 'LogErrors', 'LogsStillUndelivered', 'RefusedLogs', 'ForwarderErrors',
    ]);
    expect(ofService).toEqual([
      'ClusterAlerts/Alarms/Services/Web--Service/DeploymentAlarms/CpuUtilization',
      'ClusterAlerts/Alarms/Services/Web--Service/DeploymentAlarms/MemoryUtilization',
      'WebAlarms/Services/Web--Service/RunningBelowDesired',
      'WebAlarms/Services/Web--Service/RunningContainersDropped',
    ]);
  });

  test('every alarm tells the people on call but those on events, of which EventBridge tells, of the composite, which does so itself, and of deployments', () => {
    expect(silent.map(ruleOf)).toEqual([
      'DeploymentFailed', 'TaskStartImpaired', 'ImagePullFailed', 'LogsStillUndelivered', 'RefusedLogs', 'ForwarderErrors', 'CpuUtilization', 'MemoryUtilization',
    ]);
    template.resourcePropertiesCountIs('AWS::CloudWatch::CompositeAlarm', { AlarmActions: [{ Ref: Match.stringLikeRegexp('^OnCall') }] }, 1);
  });

  test('the topic is encrypted with a key that alarms and events may use, and has a policy that lets both publish', () => {
    const statements = ({ Statement }: any) => Statement.filter(({ Effect, Principal }: any) => Effect === 'Allow' && Principal.Service)
      .map(({ Action, Principal }: any) => [Principal.Service, Action]);
    const [topic] = Object.values(byPath('AWS::SNS::Topic'));
    const [[key, { Properties: { KeyPolicy } }]] = Object.entries(template.findResources('AWS::KMS::Key'));
    expect(topic.KmsMasterKeyId).toEqual({ 'Fn::GetAtt': [key, 'Arn'] });
    const uses = ['kms:Decrypt', 'kms:GenerateDataKey*'];
    expect(statements(KeyPolicy)).toEqual([['cloudwatch.amazonaws.com', uses], ['events.amazonaws.com', uses]]);
    const [{ PolicyDocument }] = Object.values(byPath('AWS::SNS::TopicPolicy'));
    expect(statements(PolicyDocument)).toEqual([['cloudwatch.amazonaws.com', 'sns:Publish'], ['events.amazonaws.com', 'sns:Publish']]);
  });

  test('a deployment of the web application is rolled back by alarms on that service alone', () => {
    const { 'Web/Service/Service': web, 'Worker/Service/Service': worker } = byPath('AWS::ECS::Service');
    const own = Object.keys(alarms).filter((path) => path.includes('/DeploymentAlarms/')).map((path) => alarms[path]);
    expect(web.DeploymentConfiguration.Alarms).toEqual({ AlarmNames: own.map(({ AlarmName }) => AlarmName), Enable: true, Rollback: true });
    expect(own.map(({ Dimensions }) => Dimensions.find(({ Name }: any) => Name === 'ServiceName').Value))
      .toEqual(Array(2).fill({ 'Fn::GetAtt': [expect.stringMatching(/^WebService/), 'Name'] }));
    expect(worker.DeploymentConfiguration.Alarms?.Enable ?? false).toBe(false);
  });
});

describe('in Datadog', () => {
  let [monitors, slos, downtimes]: RenderedCustomResource[][] = [];

  // Fails on a definition that the official client's models do not understand as a whole.
  beforeAll(() => {
    monitors = customResources(stack, 'Custom::DatadogMonitor');
    slos = customResources(stack, 'Custom::DatadogSlo');
    downtimes = customResources(stack, 'Custom::DatadogDowntime');
  });

  test('there are 16 monitors of rules and their composite, two of the shop itself, two objectives and two downtimes, all kept by one function', () => {
    expect([monitors, slos, downtimes].map(({ length }) => length)).toEqual([18, 2, 2]);
    const functions = new Set([...monitors, ...slos, ...downtimes].map(({ properties }) => JSON.stringify(properties.ServiceToken)));
    expect([...functions]).toEqual([JSON.stringify({ 'Fn::GetAtt': [functionId(), 'Arn'] })]);
    template.resourceCountIs('AWS::Lambda::Function', 2);
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', { FunctionName: { Ref: functionId() }, MaximumEventAgeInSeconds: 840 });
  });

  test('the function may write its own log and read the two keys, and nothing else', () => {
    const [logGroup] = Object.keys(template.findResources('AWS::Logs::LogGroup')).filter((id) => id.startsWith('DatadogResources'));
    const [[roleId, role]] = Object.entries(template.findResources('AWS::IAM::Role')).filter(([id]) => id.startsWith('DatadogResources'));
    expect(template.findResources('AWS::Lambda::Function')[functionId()].Properties.Role).toEqual({ 'Fn::GetAtt': [roleId, 'Arn'] });
    expect(Object.keys(role.Properties).sort()).toEqual(['AssumeRolePolicyDocument']);
    const policies = Object.values(template.findResources('AWS::IAM::Policy')).filter(({ Properties }) => Properties.Roles.some(({ Ref }: any) => Ref === roleId));
    const secret = (name: string) => ({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':secretsmanager:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, `:secret:${name}-??????`]],
    });
    expect(policies.map(({ Properties }) => Properties.PolicyDocument.Statement)).toEqual([[
      { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [logGroup, 'Arn'] } },
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: secret('datadog') },
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: secret('datadog-application-key') },
    ]]);
  });

  test('the monitor on logs finds what the forwarder sends: both say the same cluster', () => {
    const { definition, properties } = monitors.find(({ definition: { type } }) => type === 'log alert')!;
    expect(definition.query).toContain('ecs_cluster_name:');
    const [[clusterId, cluster]] = Object.entries(template.findResources('AWS::ECS::Cluster'));
    expect(JSON.stringify(properties.Definition)).toContain(JSON.stringify({ Ref: clusterId }));
    const containers = Object.values<any>(codeOf(stack, assembly).identities).flatMap((group) => Object.values<any>(group.containers));
    expect(containers.map(({ cluster: name }) => name)).toEqual(Array(4).fill(cluster.Properties.ClusterName));
    expect(cluster.Properties.ClusterName).toBe('shop-prod');
  });

  test('the composite and the objective refer to monitors of this stack, the downtime to the one that it mutes', () => {
    const idOf = (name: string) => ({ 'Fn::GetAtt': [monitors.find(({ definition }) => definition.name.startsWith(name))!.logicalId, 'Id'] });
    const references = (definition: unknown) => JSON.stringify(definition).match(/\{"Fn::GetAtt":\["[A-Za-z0-9]+","Id"\]\}/g)!.map((text) => JSON.parse(text));
    const composite = monitors.find(({ definition }) => definition.name === 'Requests fail and nobody can order')!;
    expect(composite.definition).toMatchObject({ type: 'composite', query: '4711 && 4711', priority: 1, options: { renotify_interval: 30 } });
    expect(references(composite.properties.Definition)).toEqual([idOf('No orders'), idOf('More than 5 % of requests failed')]);
    const ofMonitor = slos.find(({ definition }) => definition.type === 'monitor')!;
    expect(references(ofMonitor.properties.Definition)).toEqual([idOf('Running tasks below 1')]);
    const night = downtimes.find(({ definition }) => definition.message)!;
    expect(references(night.properties.Definition)).toEqual([idOf('No orders')]);
    expect(night.definition.schedule).toEqual({ recurrences: [{ rrule: 'FREQ=DAILY;BYHOUR=0;BYMINUTE=0', duration: '360m' }], timezone: 'Europe/Berlin' });
  });

  test('no key is in what Datadog is sent', () => {
    expect([...monitors, ...slos, ...downtimes].filter(({ properties }) => /secretsmanager|api-key|app-key/.test(textOf(properties.Definition)))).toEqual([]);
  });
});

test("the example's page names every alarm and monitor, and counts them", () => {
  const page = readFileSync(join(__dirname, '../../examples/alerts/README.md'), 'utf8');
  const ids = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm', 'Custom::DatadogMonitor', 'Custom::DatadogSlo']
    .flatMap((type) => Object.keys(byPath(type)).map((path) => ruleOf(path.replace(/\/CustomResource\/Default$/, ''))));
  expect(ids.filter((id) => !page.includes(`\`${id}\``))).toEqual([]);
  expect(page).toContain('17 alarms and a composite alarm');
  expect(page).toContain('18 monitors, two SLOs and two downtimes');
});

/** The function that is not the log forwarder's. */
function functionId(): string {
  return Object.keys(template.findResources('AWS::Lambda::Function')).find((id) => id.startsWith('DatadogResources'))!;
}
