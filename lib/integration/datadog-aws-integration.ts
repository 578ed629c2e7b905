// SPDX-License-Identifier: Apache-2.0
import { Aws, CfnCondition, Fn, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { Construct } from 'constructs';
import { datadogAwsAccounts } from './datadog-aws-accounts';
import { ECS_READ_ACTIONS } from './read-actions';
import { DatadogAccount } from '../datadog';
import { acknowledge, inCompliancePacks } from '../private/acknowledge';

/** Properties of a `DatadogAwsIntegration`. */
export interface DatadogAwsIntegrationProps {
  /** Who is let in: the account's site decides which of Datadog's AWS accounts may assume the role. */
  readonly datadog: DatadogAccount;

  /**
   * The id that Datadog has to show when it assumes the role, as its AWS integration page generates it. It is not a secret, but it is what keeps
   * other customers of Datadog out. Datadog forgets an id that is not used within 48 hours.
   *
   * @see https://docs.datadoghq.com/integrations/guide/aws-manual-setup/
   */
  readonly externalId: string;

  /**
   * The role's name, which Datadog's integration page asks for. Datadog's own template uses `DatadogIntegrationRole`; since names of roles
   * are unique in an account, that one may be taken.
   *
   * @default - CloudFormation generates it
   */
  readonly roleName?: string;

  /**
   * The AWS account that Datadog reads from, twelve digits.
   *
   * @default - the one that belongs to the site and to the partition of the stack; required for a site that this version does not know
   */
  readonly datadogAccountId?: string;
}

/**
 * Datadog's read-only access to the AWS account: a role that only Datadog can assume, with no more than the read actions that ECS needs.
 * To complete the integration, enter the account's number and the role's name on Datadog's AWS integration page.
 *
 * There is one such integration per AWS account, however many regions and clusters it has.
 */
export class DatadogAwsIntegration extends Construct {
  /** The role that Datadog assumes. */
  public readonly role: iam.IRole;

  /** The ARN of the role that Datadog assumes. */
  public readonly roleArn: string;

  /** The name of the role that Datadog assumes, as its integration page asks for it. */
  public readonly roleName: string;

  /** The id that Datadog shows when it assumes the role. */
  public readonly externalId: string;

  /**
   * @throws if the external id, the role's name or the account's number is invalid, or if the site has no AWS account for the stack's partition
   */
  constructor(scope: Construct, id: string, props: DatadogAwsIntegrationProps) {
    checkSyntax('externalId', props.externalId, EXTERNAL_ID, '2 to 1224 letters, digits and _ + = , . @ : / - without blanks');
    checkSyntax('roleName', props.roleName, ROLE_NAME, '1 to 64 letters, digits and _ + = , . @ -');
    checkSyntax('datadogAccountId', props.datadogAccountId, ACCOUNT_ID, 'twelve digits');
    const principal = chooseAccount(knownPartition(scope), props);
    super(scope, id);

    const role = new iam.Role(this, 'Role', {
      roleName: props.roleName,
      description: 'Lets Datadog read the metrics, hosts and tags of ECS',
      assumedBy: new iam.AccountPrincipal(typeof principal === 'string' ? principal : accountByPartition(this, principal)),
      externalIds: [props.externalId],
      inlinePolicies: {
        EcsRead: new iam.PolicyDocument({
          statements: [new iam.PolicyStatement({ actions: ECS_READ_ACTIONS, resources: ['*'] })],
        }),
      },
    });
    acknowledgeFindings(role);

    this.role = role;
    this.roleArn = role.roleArn;
    this.roleName = role.roleName;
    this.externalId = props.externalId;
  }
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;

const ACCOUNT_ID = /^\d{12}$/;

function checkSyntax(property: string, value: string | undefined, syntax: RegExp, expected: string): void {
  if (value !== undefined && !Token.isUnresolved(value) && !syntax.test(value)) {
    throw new Error(`'${property}' must be ${expected}, got: '${value}'`);
  }
}

/** The partition of the stack's region; undefined where the stack can be deployed to any region. The same with partition literals on and off. */
function knownPartition(scope: Construct): string | undefined {
  const { region } = Stack.of(scope);
  return Token.isUnresolved(region) ? undefined : RegionInfo.get(region).partition;
}

/** Datadog's account; both of them, by partition, where only the deployment will tell. */
function chooseAccount(partition: string | undefined, props: DatadogAwsIntegrationProps): string | { readonly [partition: string]: string } {
  if (props.datadogAccountId !== undefined) {
    return props.datadogAccountId;
  }
  const { site } = props.datadog;
  const accounts = datadogAwsAccounts(site);
  if (!accounts) {
    const domain = Token.isUnresolved(site.domain) ? 'a token' : `'${site.domain}'`;
    throw new Error(`'datadogAccountId' must be given for a site that this version does not know, got: site ${domain}`);
  }
  if (partition === undefined) {
    return Object.keys(accounts).length > 1 ? accounts : accounts.aws;
  }
  if (!accounts[partition]) {
    const offered = Object.keys(accounts).map((name) => `'${name}'`).join(' or ');
    throw new Error(`'datadog' must be on a site that can assume roles in partition '${partition}', got: '${site.domain}', which can in ${offered}`);
  }
  return accounts[partition];
}

function accountByPartition(scope: Construct, accounts: { readonly [partition: string]: string }): string {
  const isGovCloud = new CfnCondition(scope, 'IsGovCloud', { expression: Fn.conditionEquals(Aws.PARTITION, 'aws-us-gov') });
  return Token.asString(Fn.conditionIf(isGovCloud.logicalId, accounts['aws-us-gov'], accounts.aws));
}

/** Findings of cdk-nag on the role, each with the reason why it stands. */
function acknowledgeFindings(role: iam.Role): void {
  acknowledge(role, ['AwsSolutions-IAM5[Resource::*]'],
    'Metrics, tags and hosts cannot be read by resource, and Datadog discovers clusters instead of being told of them');
  acknowledge(role, ['cloudwatch:Get*', 'cloudwatch:List*', 'ec2:Describe*'].map((action) => `AwsSolutions-IAM5[Action::${action}]`),
    'Read-only, and the least that Datadog asks for: it calls whichever of these reads a metric or a host needs');
  acknowledge(role, inCompliancePacks('IAMNoInlinePolicy'),
    'The policy serves this one role, which only Datadog can assume, and must never be attached to another');
}
