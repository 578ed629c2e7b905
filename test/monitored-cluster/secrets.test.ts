// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { addInstances, clusterIn, ec2Service, fargateService, fargateTask, IMAGE, newStack, resourceCounts, vpcIn } from './fixture';
import { DatadogAccount, DatadogSecret } from '../../lib/datadog';
import { MonitoredCluster } from '../../lib/monitored-cluster';

const READS = /^(secretsmanager|ssm|kms):/;

/** Who may read secrets: the logical id of the role, the actions, the resources. */
function readers(stack: Stack): { readonly role: string; readonly actions: string[]; readonly resource: string }[] {
  const template = Template.fromStack(stack);
  const attached = Object.values(template.findResources('AWS::IAM::Policy'))
    .flatMap(({ Properties }) => Properties.Roles.map(({ Ref }: any) => [Ref, Properties.PolicyDocument.Statement]));
  const inline = Object.entries(template.findResources('AWS::IAM::Role'))
    .flatMap(([id, { Properties }]) => (Properties.Policies ?? []).map(({ PolicyDocument }: any) => [id, PolicyDocument.Statement]));
  return [...attached, ...inline].flatMap(([role, statements]) => statements
    .map(({ Action, Resource }: any) => ({ role, actions: [Action].flat(), resource: JSON.stringify(Resource) }))
    .filter(({ actions }: any) => actions.some((action: string) => READS.test(action))));
}

const SECRETS: { name: string; secret: (stack: Stack) => DatadogSecret; actions: string[]; resource: RegExp }[] = [
  {
    name: 'a parameter of type SecureString',
    secret: (stack) => DatadogSecret.fromSsmParameter(ssm.StringParameter.fromSecureStringParameterAttributes(stack, 'Key', { parameterName: '/datadog/key' })),
    actions: ['ssm:GetParameter', 'ssm:GetParameters'],
    resource: /:parameter\/datadog\/key"/,
  },
  {
    name: 'a secret imported by its name, whose ARN ends in six characters that nobody knows',
    secret: (stack) => DatadogSecret.fromSecretsManager(secretsmanager.Secret.fromSecretNameV2(stack, 'Key', 'datadog'), 'api-key'),
    actions: ['secretsmanager:GetSecretValue'],
    resource: /:secret:datadog-\?{6}"/,
  },
  {
    name: 'a secret imported by its whole ARN',
    secret: (stack) => DatadogSecret.fromSecretsManager(
      secretsmanager.Secret.fromSecretCompleteArn(stack, 'Key', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:datadog-AbCdEf')),
    actions: ['secretsmanager:GetSecretValue'],
    resource: /^"arn:aws:secretsmanager:eu-west-1:111122223333:secret:datadog-AbCdEf"$/,
  },
];

describe.each(SECRETS)('$name', ({ secret, actions, resource }) => {
  test('is read by execution roles and the forwarder, each no more than it needs, and no role is added', () => {
    const stack = newStack();
    const cluster = clusterIn(stack);
    addInstances(cluster);
    fargateService(stack, 'Web', cluster);
    ec2Service(stack, 'Billing', cluster);
    new MonitoredCluster(stack, 'Monitored', { datadog: new DatadogAccount({ apiKey: secret(stack) }), cluster });

    const found = readers(stack);
    expect(found.map(({ role }) => role.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual([
      'MonitoredAgentTaskDefinitionExecutionRole', 'MonitoredForwarderRole', 'WebTaskExecutionRole',
    ]);
    for (const reader of found) {
      expect(reader.actions.sort()).toEqual(actions);
      expect(reader.resource).toMatch(resource);
    }
    const roles = Object.keys(Template.fromStack(stack).findResources('AWS::IAM::Role')).filter((id) => /^(Web|Billing)/.test(id));
    expect(roles.map((id) => id.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual(['BillingTaskTaskRole', 'WebTaskExecutionRole', 'WebTaskTaskRole']);
  });
});

test('a customer-managed key is used by the readers through the secret only', () => {
  const stack = newStack();
  const encryptionKey = new kms.Key(stack, 'SecretKey');
  const secret = new secretsmanager.Secret(stack, 'Secret', { encryptionKey });
  const { cluster } = new MonitoredCluster(stack, 'Monitored', {
    datadog: new DatadogAccount({ apiKey: DatadogSecret.fromSecretsManager(secret) }), vpc: vpcIn(stack),
  });
  fargateService(stack, 'Web', cluster);
  const keyPolicy = JSON.stringify(Object.values(Template.fromStack(stack).findResources('AWS::KMS::Key'))[0].Properties.KeyPolicy);
  expect(keyPolicy).not.toMatch(/Role/);
  expect(readers(stack).filter(({ actions }) => actions.includes('kms:Decrypt')).map(({ role }) => role.replace(/[0-9A-F]{8}$/, '')).sort())
    .toEqual(['MonitoredForwarderRole', 'WebTaskExecutionRole']);
});

test("the user's own execution role, shared by many services, is granted once", () => {
  const stack = newStack();
  const executionRole = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
  const apiKey = SECRETS[1].secret(stack);
  const { cluster } = new MonitoredCluster(stack, 'Monitored', { datadog: new DatadogAccount({ apiKey }), vpc: vpcIn(stack) });
  for (let i = 0; i < 3; i += 1) {
    const taskDefinition = new ecs.FargateTaskDefinition(stack, `Task${i}`, { executionRole, memoryLimitMiB: 1024 });
    taskDefinition.addContainer('app', { image: IMAGE, logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'app' }) });
    fargateService(stack, `Web${i}`, cluster, { taskDefinition });
  }
  expect(readers(stack).filter(({ role }) => role.startsWith('Role'))).toHaveLength(1);
});

test('an imported execution role is left to its owner: the key is read with it, nothing is added', () => {
  const [plain, monitored] = [newStack(), newStack()];
  for (const stack of [plain, monitored]) {
    const executionRole = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/execution', { mutable: false });
    const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { executionRole, memoryLimitMiB: 1024 });
    taskDefinition.addContainer('app', { image: IMAGE, logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'app' }) });
    const cluster = stack === monitored
      ? new MonitoredCluster(stack, 'Monitored', { datadog: new DatadogAccount({ apiKey: SECRETS[1].secret(stack) }), vpc: vpcIn(stack) }).cluster
      : clusterIn(stack);
    fargateService(stack, 'Web', cluster, { taskDefinition });
  }
  // The forwarder's own role and policy.
  expect(resourceCounts(monitored)['AWS::IAM::Role']).toBe((resourceCounts(plain)['AWS::IAM::Role'] ?? 0) + 1);
  expect(resourceCounts(monitored)['AWS::IAM::Policy']).toBe((resourceCounts(plain)['AWS::IAM::Policy'] ?? 0) + 1);
});

test('a service without a log driver gets the execution role that the key needs, and no policy beside it', () => {
  const stack = newStack();
  const { cluster } = new MonitoredCluster(stack, 'Monitored', { datadog: new DatadogAccount({ apiKey: SECRETS[1].secret(stack) }), vpc: vpcIn(stack) });
  fargateService(stack, 'Web', cluster, { taskDefinition: fargateTask(stack, 'WebTask', { logging: undefined }) });
  const ids = (type: string) => Object.keys(Template.fromStack(stack).findResources(type)).filter((id) => id.startsWith('Web'));
  expect(ids('AWS::IAM::Role').map((id) => id.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual(['WebTaskExecutionRole', 'WebTaskTaskRole']);
  expect(ids('AWS::IAM::Policy')).toEqual([]);
});
