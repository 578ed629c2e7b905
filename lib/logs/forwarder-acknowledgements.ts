// SPDX-License-Identifier: Apache-2.0
import { CfnElement, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BUCKET_LAYOUT } from './bucket-layout';
import { LogForwarderProps } from './log-forwarder-props';
import { acknowledge, inCompliancePacks } from '../private/acknowledge';

export interface ForwarderParts {
  readonly handler: lambda.Function;
  readonly bucket: s3.Bucket;
  readonly logGroup: logs.ILogGroup;
  readonly replay: events.Rule;
}

/**
 * What cdk-nag finds in the forwarder's own constructs and why it is meant to be so. What a property changes is acknowledged only without that property.
 */
export function acknowledgeFindings(parts: ForwarderParts, props: LogForwarderProps): void {
  const { handler, bucket, logGroup, replay } = parts;
  const { undelivered, refused, failures, asyncFailures } = BUCKET_LAYOUT;
  // The inline policy that CDK makes for what is granted to a role.
  const policy = handler.role?.node.tryFindChild('DefaultPolicy') ?? handler;
  acknowledge(handler, ['HIPAA.Security-LambdaDLQ', 'NIST.800.53.R5-LambdaDLQ', 'Serverless-LambdaDLQ'],
    'Events that fail go to an on-failure destination in S3, which keeps more than a dead-letter queue: the response as well as the event');
  acknowledge(policy, inCompliancePacks('IAMNoInlinePolicy'),
    'The policy serves this one function and must never be attached to anything else');
  const objects = `Resource::<${Stack.of(bucket).getLogicalId(bucket.node.defaultChild as CfnElement)}.Arn>`;
  acknowledge(policy, [undelivered, refused, failures, asyncFailures].map((prefix) => `AwsSolutions-IAM5[${objects}/${prefix}*]`),
    'Objects under this prefix of the forwarder\'s own bucket have generated names; what each action on them is for is in docs/permissions.md');
  acknowledge(replay, ['Serverless-EventBusDLQ'],
    'A replay that could not be started has nothing to keep: the next one does the same');
  acknowledge(bucket, ['AwsSolutions-S1', ...inCompliancePacks('S3BucketLoggingEnabled')],
    'One function writes to the bucket and nobody reads it in normal operation; access logs would need a bucket of their own');
  acknowledge(bucket, inCompliancePacks('S3BucketReplicationEnabled'),
    'The bucket holds logs only until they are sent again or expire; their source, the log group, is still there');
  if (!props.encryptionKey) {
    acknowledge(bucket, inCompliancePacks('S3DefaultEncryptionKMS'), 'Encrypted with keys that Amazon S3 manages; the property encryptionKey sets a customer-managed one');
    acknowledge(logGroup, inCompliancePacks('CloudWatchLogGroupEncrypted'),
      'Encrypted with keys that CloudWatch Logs manages, and without text of forwarded logs; the property encryptionKey sets a customer-managed one');
  }
  if (props.reservedConcurrentExecutions === undefined) {
    acknowledge(handler, ['HIPAA.Security-LambdaConcurrency', 'NIST.800.53.R5-LambdaConcurrency'],
      'A limit would delay logs at peak times and take concurrency from other functions; the property reservedConcurrentExecutions sets one');
  }
  if (!props.vpc) {
    acknowledge(handler, inCompliancePacks('LambdaInsideVPC'),
      'The function accepts no connections and calls only AWS and Datadog over TLS; the property vpc puts it into a network');
  }
  if (props.tracing !== lambda.Tracing.ACTIVE) {
    acknowledge(handler, ['Serverless-LambdaTracing'], 'The function counts what it receives, sends and keeps as metrics; the property tracing adds X-Ray');
  }
  const wildcards = [
    ...(props.tracing === undefined || props.tracing === lambda.Tracing.DISABLED ? [] : ['X-Ray has no resources that a policy could name']),
    ...(props.vpc ? ['Lambda makes network interfaces with generated ids, and describing them knows no resource'] : []),
  ];
  if (wildcards.length > 0) {
    acknowledge(policy, ['AwsSolutions-IAM5[Resource::*]'], wildcards.join('. '));
  }
}
