// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, IConstruct } from 'constructs';
import { EXECUTION_POLICY_ID, TASK_POLICY_ID } from './daemon/daemon-role';
import { acknowledge, acknowledgeVerbatim, inCompliancePacks } from '../private/acknowledge';

/** What cdk-nag finds in the daemon's own task definition. */
export function acknowledgeDaemonFindings(taskDefinition: ecs.TaskDefinition): void {
  acknowledge(taskDefinition.node.defaultChild!, ['AwsSolutions-ECS2'],
    'The Agent is configured through environment variables alone; they hold settings, while its key comes from a secret');
}

/** What cdk-nag finds in what an execution role may do for the Agent alone. A role that the user brought is the user's to judge. */
export function acknowledgeExecutionRole(daemon: Construct, ownRole: iam.IRole | undefined): void {
  const construct = ownRole ?? daemon.node.tryFindChild(EXECUTION_POLICY_ID);
  if (construct) {
    acknowledge(construct, inCompliancePacks('IAMNoInlinePolicy'),
      'The policy lets this one role read one secret and write to one log group, and must never be attached to another');
  }
}

/** What cdk-nag finds in a log group for the Agent's own output. */
export function acknowledgeLogGroupFindings(logGroup: logs.LogGroup): void {
  acknowledge(logGroup, inCompliancePacks('CloudWatchLogGroupEncrypted'),
    'Encrypted with keys that CloudWatch Logs manages, and without text of applications\' logs; the property logging sets another group');
}

/**
 * What cdk-nag finds in what this library lets the Agent itself do. It is said where the statements stand in a policy that is the daemon's: of the role that the
 * daemon made, or for one of another stack. References to other stacks have their last form only when the app is validated.
 *
 * @param statements those of this library: what a user adds to the policy is the user's to judge
 */
export function acknowledgeTaskPolicy(daemon: Construct, ownRole: iam.IRole | undefined, statements: readonly iam.PolicyStatement[]): void {
  const policy = ownRole?.node.tryFindChild('DefaultPolicy') ?? daemon.node.tryFindChild(TASK_POLICY_ID);
  if (!policy || statements.length === 0) {
    return;
  }
  acknowledge(policy, inCompliancePacks('IAMNoInlinePolicy'), 'The policy serves the one role of the Agent, and must never be attached to another');
  daemon.node.addValidation({
    validate: () => {
      acknowledgeWildcards(policy, statements);
      return [];
    },
  });
}

function acknowledgeWildcards(policy: IConstruct, statements: readonly iam.PolicyStatement[]): void {
  const stack = Stack.of(policy);
  const resources = statements.flatMap((statement) => statement.resources).map((resource) => inFindings(stack.resolve(resource)));
  const findings = (wanted: (resource: string) => boolean) => resources.filter(wanted).map((resource) => `AwsSolutions-IAM5[Resource::${resource}]`);
  acknowledgeVerbatim(policy, findings((resource) => resource === '*'),
    'AWS names no narrower resource for listing clusters, describing instances and log groups, locating buckets, and the sessions of ECS Exec');
  acknowledgeVerbatim(policy, findings((resource) => resource !== '*' && resource.includes('*')),
    'ECS chooses the ids of tasks, container instances and sessions; the policy names the one cluster, log group or bucket that they belong to');
}

/** A resource as cdk-nag writes it into the id of a finding. */
function inFindings(resource: any): string {
  if (typeof resource === 'string') {
    return resource;
  }
  const [[intrinsic, value]] = Object.entries<any>(resource);
  switch (intrinsic) {
    case 'Fn::Join': return value[1].map(inFindings).join(value[0]);
    case 'Fn::GetAtt': return `<${value.join('.')}>`;
    case 'Fn::ImportValue': return inFindings(value);
    case 'Ref': return `<${value}>`;
    default: return JSON.stringify(resource);
  }
}
