// SPDX-License-Identifier: Apache-2.0
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface ForwarderLogGroupProps {
  readonly encryptionKey?: kms.IKey;
  readonly retention: logs.RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

/** The forwarder's own log group. It holds counts and errors of the function, never text of a log. */
export function forwarderLogGroup(scope: Construct, id: string, props: ForwarderLogGroupProps): logs.LogGroup {
  const { encryptionKey, retention, removalPolicy } = props;
  if (encryptionKey) {
    letCloudWatchLogsUse(encryptionKey, scope);
  }
  return new logs.LogGroup(scope, id, { encryptionKey, retention, removalPolicy });
}

/**
 * CloudWatch Logs refuses a key that it may not use itself. The context names no single group, since the group's name is known only after the key is.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
function letCloudWatchLogsUse(key: kms.IKey, scope: Construct): void {
  const { partition, region, account, urlSuffix } = Stack.of(scope);
  key.addToResourcePolicy(new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal(`logs.${region}.${urlSuffix}`)],
    actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
    resources: ['*'],
    conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:log-group:*` } },
  }));
}
