// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { acknowledge, inCompliancePacks } from '../private/acknowledge';

/** What cdk-nag finds in the daemon's own task definition. A role that the user brought is the user's to judge. */
export function acknowledgeDaemonFindings(taskDefinition: ecs.TaskDefinition, { ownExecutionRole }: { ownExecutionRole: boolean }): void {
  acknowledge(taskDefinition.node.defaultChild!, ['AwsSolutions-ECS2'],
    'The Agent is configured through environment variables alone; they hold settings, while its key comes from a secret');
  if (ownExecutionRole && taskDefinition.executionRole) {
    acknowledgeExecutionRole(taskDefinition.executionRole);
  }
}

/** What cdk-nag finds in an execution role for the Agent alone. */
export function acknowledgeExecutionRole(executionRole: iam.IRole): void {
  acknowledge(executionRole, inCompliancePacks('IAMNoInlinePolicy'),
    'The policy lets this one role read one secret and write to one log group, and must never be attached to another');
}

/** What cdk-nag finds in a log group for the Agent's own output. */
export function acknowledgeLogGroupFindings(logGroup: logs.LogGroup): void {
  acknowledge(logGroup, inCompliancePacks('CloudWatchLogGroupEncrypted'),
    'Encrypted with keys that CloudWatch Logs manages, and without text of applications\' logs; the property logging sets another group');
}
