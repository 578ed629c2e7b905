// SPDX-License-Identifier: Apache-2.0
import { App, Aws, CfnParameter, SecretValue, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';
import { DatadogAccount, DatadogSecret, DatadogSite } from '../../lib/datadog';
import { DatadogAwsIntegration, DatadogAwsIntegrationProps } from '../../lib/integration';

const EXTERNAL_ID = 'a1b2c3d4e5f6';
const REGIONS: Record<string, string> = { 'aws': 'eu-west-1', 'aws-us-gov': 'us-gov-west-1', 'aws-cn': 'cn-north-1' };

// https://docs.datadoghq.com/integrations/guide/aws-manual-setup/, written down a second time on purpose.
const ACCOUNTS: [string, DatadogSite, Record<string, string>][] = [
  ['US1', DatadogSite.US1, { aws: '464622532012' }],
  ['US3', DatadogSite.US3, { aws: '464622532012' }],
  ['US5', DatadogSite.US5, { aws: '464622532012' }],
  ['EU1', DatadogSite.EU1, { aws: '464622532012' }],
  ['AP1', DatadogSite.AP1, { aws: '417141415827' }],
  ['AP2', DatadogSite.AP2, { aws: '412381753143' }],
  ['UK1', DatadogSite.UK1, { aws: '117348461845' }],
  ['US1_FED', DatadogSite.US1_FED, { 'aws': '392588925713', 'aws-us-gov': '065115117704' }],
  ['US2_FED', DatadogSite.US2_FED, { 'aws': '382742775718', 'aws-us-gov': '486737091498' }],
];
const CASES = ACCOUNTS.flatMap(([name, site, accounts]) =>
  Object.keys(REGIONS).map((partition) => ({ name, site, partition, account: accounts[partition] as string | undefined })));

function account(stack: Stack, site?: DatadogSite): DatadogAccount {
  const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Keys', 'datadog');
  return new DatadogAccount({ site, apiKey: DatadogSecret.fromSecretsManager(secret) });
}

function integrate(stack: Stack, site?: DatadogSite, props: Partial<DatadogAwsIntegrationProps> = {}): DatadogAwsIntegration {
  return new DatadogAwsIntegration(stack, 'Integration', { datadog: account(stack, site), externalId: EXTERNAL_ID, ...props });
}

function roleOf(stack: Stack) {
  const roles = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'));
  expect(roles).toHaveLength(1);
  return roles[0].Properties;
}

function trusted(stack: Stack) {
  return roleOf(stack).AssumeRolePolicyDocument.Statement[0].Principal.AWS;
}

describe('trust', () => {
  test.each(CASES.filter((given) => given.account))('$name in $partition is account $account', ({ site, partition, account: expected }) => {
    const stack = new Stack(new App(), 'S', { env: { region: REGIONS[partition] } });
    integrate(stack, site);
    expect(trusted(stack)).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${expected}:root`]] });
  });

  test.each(CASES.filter((given) => !given.account))('fails for $name in $partition, where Datadog cannot assume a role', ({ site, partition }) => {
    const stack = new Stack(new App(), 'S', { env: { region: REGIONS[partition] } });
    expect(() => integrate(stack, site)).toThrow(
      new RegExp(`^'datadog' must be on a site that can assume roles in partition '${partition}', got: '${site.domain}', which can in 'aws'`),
    );
    expect(stack.node.tryFindChild('Integration')).toBeUndefined();
  });

  test.each(ACCOUNTS.filter(([, , accounts]) => !accounts['aws-us-gov']))(
    '%s without a region is the commercial account, in whatever partition', (_name, site, accounts) => {
      const stack = new Stack(new App(), 'S');
      integrate(stack, site);
      expect(trusted(stack)).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${accounts.aws}:root`]] });
    });

  test.each(ACCOUNTS.filter(([, , accounts]) => accounts['aws-us-gov']))('%s without a region is decided by the deployment', (_name, site, accounts) => {
    const stack = new Stack(new App(), 'S');
    integrate(stack, site);
    const [[condition, expression]] = Object.entries(Template.fromStack(stack).toJSON().Conditions);
    expect(expression).toEqual({ 'Fn::Equals': [{ Ref: 'AWS::Partition' }, 'aws-us-gov'] });
    expect(trusted(stack)).toEqual({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { 'Fn::If': [condition, accounts['aws-us-gov'], accounts.aws] }, ':root']],
    });
  });

  test('is the same account with partition literals on', () => {
    const app = new App({ context: { '@aws-cdk/core:enablePartitionLiterals': true } });
    const stack = new Stack(app, 'S', { env: { region: 'us-gov-west-1' } });
    integrate(stack, DatadogSite.US1_FED);
    expect(trusted(stack)).toBe('arn:aws-us-gov:iam::065115117704:root');
  });

  test('a region that this CDK does not know is like no region', () => {
    const stack = new Stack(new App(), 'S', { env: { region: 'us-gov-south-9' } });
    integrate(stack, DatadogSite.US1_FED);
    expect(JSON.stringify(trusted(stack))).toContain('Fn::If');
  });

  test('is only for who shows the external id', () => {
    const stack = new Stack(new App(), 'S');
    expect(integrate(stack).externalId).toBe(EXTERNAL_ID);
    expect(roleOf(stack).AssumeRolePolicyDocument).toMatchObject({
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Condition: { StringEquals: { 'sts:ExternalId': EXTERNAL_ID } } }],
    });
  });
});

describe('account of a site that is not known', () => {
  const someday = DatadogSite.of('ap9.datadoghq.com');

  test('has to be given', () => {
    const stack = new Stack(new App(), 'S');
    expect(() => integrate(stack, someday)).toThrow(
      "'datadogAccountId' must be given for a site that this version does not know, got: site 'ap9.datadoghq.com'");
    expect(stack.node.tryFindChild('Integration')).toBeUndefined();
  });

  test('has to be given for a token too, since nobody can look it up', () => {
    const stack = new Stack(new App(), 'S');
    const site = DatadogSite.of(new CfnParameter(stack, 'Site').valueAsString);
    expect(() => integrate(stack, site)).toThrow(/^'datadogAccountId' must be given .* got: site a token$/);
  });

  test.each([someday, DatadogSite.US1])('is taken as given, before the one that is known: %s', (site) => {
    const stack = new Stack(new App(), 'S', { env: { region: 'us-gov-east-1' } });
    integrate(stack, site, { datadogAccountId: '123456789012' });
    expect(JSON.stringify(trusted(stack))).toContain(':iam::123456789012:root');
  });
});

describe('role', () => {
  test('reads what ECS needs and nothing else', () => {
    const stack = new Stack(new App(), 'S');
    integrate(stack);
    const { Policies, ManagedPolicyArns } = roleOf(stack);
    expect(ManagedPolicyArns).toBeUndefined();
    expect(Policies).toEqual([{
      PolicyName: 'EcsRead',
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [{
          Effect: 'Allow',
          Action: [
            'cloudwatch:Get*', 'cloudwatch:List*', 'ec2:Describe*', 'tag:GetResources', 'tag:GetTagKeys', 'tag:GetTagValues',
            'ecs:DescribeContainerInstances', 'ecs:ListClusters', 'ecs:ListContainerInstances', 'ecs:ListServices',
          ],
          Resource: '*',
        }],
      },
    }]);
    // One role and nothing beside it.
    expect(Object.keys(Template.fromStack(stack).toJSON().Resources)).toEqual([stack.getLogicalId(
      stack.node.findChild('Integration').node.findChild('Role').node.defaultChild as never)]);
  });

  test('has no name of its own unless one is given', () => {
    const stack = new Stack(new App(), 'S');
    const { role, roleArn, roleName } = integrate(stack);
    expect(roleOf(stack).RoleName).toBeUndefined();
    const id = stack.getLogicalId(role.node.defaultChild as never);
    expect(stack.resolve(roleArn)).toEqual({ 'Fn::GetAtt': [id, 'Arn'] });
    expect(stack.resolve(roleName)).toEqual({ Ref: id });

    const named = new Stack(new App(), 'S');
    integrate(named, undefined, { roleName: 'DatadogIntegrationRole' });
    expect(roleOf(named).RoleName).toBe('DatadogIntegrationRole');
  });

  test('can be made twice in one scope', () => {
    const stack = new Stack(new App(), 'S');
    const datadog = account(stack);
    new DatadogAwsIntegration(stack, 'First', { datadog, externalId: EXTERNAL_ID });
    new DatadogAwsIntegration(stack, 'Second', { datadog, externalId: EXTERNAL_ID });
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Role', 2);
  });
});

describe('bad input', () => {
  test.each([
    ['externalId', '', "'externalId' must be 2 to 1224 letters, digits and _ + = , . @ : / - without blanks, got: ''"],
    ['externalId', 'a b', "'externalId' must be 2 to 1224 letters, digits and _ + = , . @ : / - without blanks, got: 'a b'"],
    ['externalId', 'abc\n', "'externalId' must be 2 to 1224 letters, digits and _ + = , . @ : / - without blanks, got: 'abc\n'"],
    ['externalId', 'é1', "'externalId' must be 2 to 1224 letters, digits and _ + = , . @ : / - without blanks, got: 'é1'"],
    ['roleName', '', "'roleName' must be 1 to 64 letters, digits and _ + = , . @ -, got: ''"],
    ['roleName', 'a/b', "'roleName' must be 1 to 64 letters, digits and _ + = , . @ -, got: 'a/b'"],
    ['roleName', 'r'.repeat(65), `'roleName' must be 1 to 64 letters, digits and _ + = , . @ -, got: '${'r'.repeat(65)}'`],
    ['datadogAccountId', '4646-2253-2012', "'datadogAccountId' must be twelve digits, got: '4646-2253-2012'"],
    ['datadogAccountId', '', "'datadogAccountId' must be twelve digits, got: ''"],
  ])('fails on %s %j before anything is added', (property, value, message) => {
    const stack = new Stack(new App(), 'S');
    const datadog = account(stack);
    const before = stack.node.findAll().length;
    expect(() => new DatadogAwsIntegration(stack, 'Integration', { datadog, externalId: EXTERNAL_ID, [property]: value })).toThrow(new Error(message));
    expect(stack.node.findAll()).toHaveLength(before);
  });

  test('takes tokens, also inside strings', () => {
    const stack = new Stack(new App(), 'S');
    integrate(stack, undefined, {
      externalId: `x ${new CfnParameter(stack, 'ExternalId').valueAsString}`,
      roleName: `Datadog/${Aws.REGION}`,
      datadogAccountId: SecretValue.ssmSecure('/datadog/account').unsafeUnwrap(),
    });
    expect(roleOf(stack).AssumeRolePolicyDocument.Statement[0].Condition.StringEquals['sts:ExternalId'])
      .toEqual({ 'Fn::Join': ['', ['x ', { Ref: 'ExternalId' }]] });
  });
});

describe('cdk-nag', () => {
  const packs = () => [new AwsSolutionsChecks(), new HIPAASecurityChecks(), new NIST80053R5Checks(), new PCIDSS321Checks(), new ServerlessChecks()];
  const findings = (stack: Stack) => packs().flatMap((pack) => pack.validateScope(stack).violations.map(({ ruleName }) => ruleName)).sort();

  function acknowledged(integration: DatadogAwsIntegration): string[] {
    const ids = integration.role.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.keys(data))
      .map((id) => id.replace(/^annotation::/i, ''));
    return [...new Set(ids)].sort();
  }

  test('has no finding that is not acknowledged, and no acknowledgement that is not a finding', () => {
    const stack = new Stack(new App(), 'S');
    const integration = integrate(stack);
    expect(findings(stack)).toEqual([]);

    const ids = acknowledged(integration);
    const unacknowledged = new Stack(new App(), 'S');
    jest.spyOn(Validations.prototype, 'acknowledge').mockImplementation();
    integrate(unacknowledged);
    jest.restoreAllMocks();
    expect(findings(unacknowledged)).toEqual(ids);
    expect(ids).toEqual([
      'AwsSolutions-IAM5[Action::cloudwatch:Get*]', 'AwsSolutions-IAM5[Action::cloudwatch:List*]', 'AwsSolutions-IAM5[Action::ec2:Describe*]',
      'AwsSolutions-IAM5[Resource::*]',
      'HIPAA.Security-IAMNoInlinePolicy', 'NIST.800.53.R5-IAMNoInlinePolicy', 'PCI.DSS.321-IAMNoInlinePolicy',
    ]);
  });

  test('nothing is acknowledged on what the user owns', () => {
    const stack = new Stack(new App(), 'S');
    const integration = integrate(stack);
    expect([...stack.node.metadata, ...stack.node.root.node.metadata, ...integration.node.metadata]
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)).toEqual([]);
  });
});
