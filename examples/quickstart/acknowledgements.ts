// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import { acknowledge, inPacks } from '../acknowledge';

/** What cdk-nag finds in the example's own constructs, by path within the stack, and why it stands. The library speaks for what it makes itself. */
export function acknowledgeFindings(stack: Stack): void {
  const settings = 'Unified service tags and the address of the Agent are settings; what is secret belongs in `secrets`';
  const images = 'Amazon ECR gives tokens for all repositories or none; images are pulled from one repository only';
  for (const task of ['WebTask', 'BillingTask', 'Worker/QueueProcessingTaskDef']) {
    acknowledge(stack, task, ['AwsSolutions-ECS2'], settings);
    acknowledge(stack, task, ['AwsSolutions-IAM5[Resource::*]'], images);
  }
  acknowledge(stack, 'FailedOrders', ['Serverless-SQSRedrivePolicy'], 'It is the dead-letter queue');

  const ownPolicies = inPacks('IAMNoInlinePolicy');
  for (const path of ['WebTask', 'BillingTask', 'Worker/QueueProcessingTaskDef', 'Platform/InstanceRole', 'Platform/Vpc/FlowLog']) {
    acknowledge(stack, path, ownPolicies, 'Each policy is granted by CDK to one role and serves no other');
  }
  for (const path of ['WebLogs', 'Worker/QueueProcessingTaskDef/QueueProcessingContainer/LogGroup', 'Platform/FlowLogs']) {
    acknowledge(stack, path, inPacks('CloudWatchLogGroupEncrypted'), 'Encrypted with keys that CloudWatch Logs manages, which does for this example');
  }

  acknowledge(stack, 'Platform/InstanceRole', ['AwsSolutions-IAM5[Action::ecs:Submit*]', 'AwsSolutions-IAM5[Resource::*]'],
    'What CDK grants to every container instance so that it can register with ECS');
  acknowledge(stack, 'Platform/Instances', ['AwsSolutions-AS3'], 'Instances come and go with the load; alarms watch the services that run on them');
  acknowledge(stack, 'Platform/Vpc', inPacks('VPCNoUnrestrictedRouteToIGW'), 'The NAT gateway needs it; nothing else runs in the public subnets');
  acknowledge(stack, 'Platform/Vpc', inPacks('VPCDefaultSecurityGroupClosed'), 'Nothing uses the default security group; CloudFormation cannot close it');
}
