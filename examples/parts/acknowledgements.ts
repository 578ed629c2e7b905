// SPDX-License-Identifier: Apache-2.0
import { Stack, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

const PACKS = ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'];

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

function acknowledge(stack: Stack, path: string, ids: string[], reason: string): void {
  const construct = path.split('/').reduce<IConstruct>((scope, id) => scope.node.findChild(id), stack);
  Validations.of(construct).acknowledge(...ids.map((id) => ({ id, reason })));
}

function inPacks(rule: string): string[] {
  return PACKS.map((pack) => `${pack}-${rule}`);
}
