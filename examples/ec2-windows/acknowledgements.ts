// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import { acknowledge, inPacks } from '../acknowledge';

/** What cdk-nag finds in the example's own constructs, by path within the stack, and why it stands. The library speaks for what it makes itself. */
export function acknowledgeFindings(stack: Stack): void {
  acknowledge(stack, 'Task', ['AwsSolutions-ECS2'],
    'Unified service tags and the address of the Agent are settings; what is secret belongs in `secrets`');
  acknowledge(stack, 'Task', inPacks('IAMNoInlinePolicy'), 'Each policy is granted by CDK to one role and serves no other');
  acknowledge(stack, 'Logs', inPacks('CloudWatchLogGroupEncrypted'),
    'Encrypted with keys that CloudWatch Logs manages, which does for this example');
}
