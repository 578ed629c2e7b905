// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { KEY_ARN, account, ec2Cluster, environmentOf, fargateTask, inStack, renderedContainer, renderedTask } from './fixture';
import { statementsOf } from './managed-fixture';
import { AgentDaemonService, AgentOptions, FargateAgentSidecar } from '../../lib/agent';
import { checkSettings } from '../../lib/agent/setting-names';

const AGENT = 'datadog-agent';
const APP_KEY_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:app-AbCdEf';

const appKey = (stack: Stack, field?: string) => ecs.Secret.fromSecretsManager(secretsmanager.Secret.fromSecretCompleteArn(stack, 'AppKey', APP_KEY_ARN), field);

function withSidecar(stack: Stack, options: Partial<AgentOptions>) {
  return new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition: fargateTask(stack), datadog: account(stack), ...options });
}

function withDaemon(stack: Stack, options: Partial<AgentOptions>) {
  return new AgentDaemonService(stack, 'Daemon', { cluster: ec2Cluster(stack), datadog: account(stack), ...options });
}

describe.each([['sidecar', withSidecar], ['daemon', withDaemon]])('further settings of a %s', (kind, add) => {
  test('may come from secrets, which its execution role alone may read', () => {
    const stack = inStack();
    add(stack, { secrets: { DD_APP_KEY: appKey(stack, 'key') } });
    expect(renderedContainer(stack, AGENT).Secrets).toEqual([
      { Name: 'DD_API_KEY', ValueFrom: KEY_ARN }, { Name: 'DD_APP_KEY', ValueFrom: `${APP_KEY_ARN}:key::` },
    ]);
    const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    const readers = policies.filter((policy) => JSON.stringify(policy).includes(APP_KEY_ARN)).map(({ Properties }) => Properties.Roles);
    const role = renderedTask(stack, AGENT).ExecutionRoleArn['Fn::GetAtt'][0];
    expect(readers).toEqual([[{ Ref: role }]]);
    // The user's own construct grants to describe the secret as well.
    expect(statementsOf(stack, role)).toContainEqual({
      Effect: 'Allow', Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'], Resource: APP_KEY_ARN,
    });
    expect(kind === 'sidecar' ? renderedContainer(stack, 'app').Secrets : undefined).toBeUndefined();
  });

  test('may come from Parameter Store', () => {
    const stack = inStack();
    const parameter = ssm.StringParameter.fromSecureStringParameterAttributes(stack, 'Parameter', { parameterName: '/agent/proxy' });
    add(stack, { secrets: { DD_PROXY_HTTPS: ecs.Secret.fromSsmParameter(parameter) } });
    expect(renderedContainer(stack, AGENT).Secrets).toContainEqual({ Name: 'DD_PROXY_HTTPS', ValueFrom: stack.resolve(parameter.parameterArn) });
    expect(JSON.stringify(Template.fromStack(stack).toJSON().Resources)).toContain('ssm:GetParameters');
  });

  test('from a secret win over those of a feature, and no name is there twice', () => {
    const stack = inStack();
    add(stack, { secrets: { DD_APM_ENABLED: appKey(stack) } });
    expect(environmentOf(renderedContainer(stack, AGENT))).not.toHaveProperty('DD_APM_ENABLED');
    expect(renderedContainer(stack, AGENT).Secrets).toContainEqual({ Name: 'DD_APM_ENABLED', ValueFrom: APP_KEY_ARN });
  });

  test.each<[string, (stack: Stack) => Partial<AgentOptions>, string]>([
    ['in both', (stack) => ({ environment: { DD_APP_X: '1' }, secrets: { DD_APP_X: appKey(stack) } }),
      "'environment' and 'secrets' must not hold the same setting, got: 'DD_APP_X' in both"],
    ["that are the Agent's key", (stack) => ({ secrets: { DD_API_KEY: appKey(stack) } }),
      "'secrets' must not hold the Agent's key, which comes from 'datadog', got: 'DD_API_KEY'"],
    ['that are a key in plain text', () => ({ environment: { DD_APP_KEY: 'x' } }), "'environment' must not hold keys, since they would stand in the template, got: 'DD_APP_KEY'"],
  ])('%s are refused before anything is added', (_name, options, message) => {
    const stack = inStack();
    expect(() => add(stack, options(stack))).toThrow(message);
    expect([stack.node.tryFindChild('Sidecar'), stack.node.tryFindChild('Daemon')]).toEqual([undefined, undefined]);
  });
});

describe('names of settings', () => {
  test.each([
    'DD_API_KEY', 'DD_APP_KEY', 'DD_APPLICATION_KEY', 'API_KEY', 'DD_LOGS_CONFIG_API_KEY', 'DD_ADDITIONAL_ENDPOINTS', 'DD_APM_ADDITIONAL_ENDPOINTS',
    'DD_CLUSTER_AGENT_AUTH_TOKEN', 'DD_SNMP_PASSWORD',
  ])('%s is a key, or holds one', (name) => {
    expect(() => checkSettings({ [name]: 'x' }, {})).toThrow(`got: '${name}'`);
    expect(() => checkSettings({}, name === 'DD_API_KEY' ? {} : { [name]: {} })).not.toThrow();
  });

  test.each(['DD_LOG_LEVEL', 'DD_API_KEY_REFRESH_INTERVAL', 'DD_MONKEY', 'DD_APM_IGNORE_RESOURCES', 'DD_EC2_METADATA_TOKEN_LIFETIME', 'constructor', 'toString'])('%s is none', (name) => {
    expect(() => checkSettings({ [name]: 'x' }, {})).not.toThrow();
  });
});
