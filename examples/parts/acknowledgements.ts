// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import { acknowledge, inPacks } from '../acknowledge';

/** What cdk-nag finds in the example's own constructs, by path within the stack, and why it stands. The library speaks for what it makes itself. */
export function acknowledgeFindings(stack: Stack): void {
  for (const task of ['Api/Task', 'Web/Task', 'Report/Task']) {
    acknowledge(stack, task, ['AwsSolutions-ECS2'], 'Unified service tags and the address of the Agent are settings; what is secret belongs in `secrets`');
    acknowledge(stack, task, ['AwsSolutions-IAM5[Resource::*]'], 'Amazon ECR gives tokens for all repositories or none; images are pulled from one repository only');
    acknowledge(stack, task, inPacks('IAMNoInlinePolicy'), 'Each policy is granted by CDK to one role and serves no other');
  }
  for (const group of ['Web/Logs', 'Report/Task/report/LogGroup']) {
    acknowledge(stack, group, inPacks('CloudWatchLogGroupEncrypted'), 'Encrypted with keys that CloudWatch Logs manages, which does for this example');
  }
}
