// SPDX-License-Identifier: Apache-2.0
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { DatadogCustomResourceOptions } from './datadog-custom-resource-options';
import { acknowledge, inCompliancePacks } from '../../../private/acknowledge';

/** The constructs that cdk-nag finds something in. */
interface FunctionParts {
  readonly handler: lambda.Function;
  readonly logGroup: logs.ILogGroup;
  readonly eventInvokeConfig: lambda.EventInvokeConfig;
}

const NO_EVENT_IS_LOST =
  'CloudFormation itself waits for the answer to each event and fails the deployment without one, so no event is lost unnoticed';

/** What cdk-nag finds in the function's constructs and why it is meant to be so. What an option changes is acknowledged only without that option. */
export function acknowledgeFindings(parts: FunctionParts, options: DatadogCustomResourceOptions): void {
  const { handler, logGroup, eventInvokeConfig } = parts;
  // The inline policy that CDK makes for what is granted to a role.
  const policy = handler.role?.node.tryFindChild('DefaultPolicy') ?? handler;
  acknowledge(handler, ['HIPAA.Security-LambdaDLQ', 'NIST.800.53.R5-LambdaDLQ', 'Serverless-LambdaDLQ'], NO_EVENT_IS_LOST);
  acknowledge(eventInvokeConfig, ['Serverless-LambdaAsyncFailureDestination'], NO_EVENT_IS_LOST);
  acknowledge(handler, ['HIPAA.Security-LambdaConcurrency', 'NIST.800.53.R5-LambdaConcurrency'],
    'Only CloudFormation calls the function, as often as a deployment has objects in Datadog; a limit would take concurrency from other functions');
  acknowledge(handler, ['Serverless-LambdaTracing'],
    'The function runs during deployments only, and each of its outcomes is in the events of the stack');
  acknowledge(policy, inCompliancePacks('IAMNoInlinePolicy'),
    'The policy serves this one function and must never be attached to anything else');
  if (!options.encryptionKey) {
    acknowledge(logGroup, inCompliancePacks('CloudWatchLogGroupEncrypted'),
      'Encrypted with keys that CloudWatch Logs manages, and without keys and bodies of requests; the option encryptionKey sets a customer-managed one');
  }
  if (options.vpc) {
    acknowledge(policy, ['AwsSolutions-IAM5[Resource::*]'],
      'Lambda makes network interfaces with generated ids, and describing them knows no resource');
  } else {
    acknowledge(handler, inCompliancePacks('LambdaInsideVPC'),
      'The function accepts no connections and calls only AWS and Datadog over TLS; the option vpc puts it into a network');
  }
}
