// SPDX-License-Identifier: Apache-2.0
import { RemovalPolicy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { letCloudWatchLogsUse } from '../private/log-group-encryption';

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
