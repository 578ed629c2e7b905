// SPDX-License-Identifier: Apache-2.0
import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';

/**
 * What a task role needs for ECS Exec, as `ecs.BaseService` grants it to the tasks of a service: the session, and what the cluster says of its key and its log.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#ecs-exec-required-iam-permissions
 */
export function executeCommandPolicy(cluster: ecs.ICluster, stack: Stack): iam.PolicyStatement[] {
  const { kmsKey, logConfiguration, logging } = cluster.executeCommandConfiguration ?? {};
  const session = ['CreateControlChannel', 'CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel'].map((action) => `ssmmessages:${action}`);
  // AWS knows no narrower resource for these.
  const statements = [allow(session, '*')];
  if (kmsKey) {
    statements.push(allow(['kms:Decrypt', 'kms:GenerateDataKey'], kmsKey.keyArn));
  }
  return logging === ecs.ExecuteCommandLogging.NONE ? statements : [...statements, ...logPolicy(logConfiguration ?? {}, stack)];
}

function logPolicy({ cloudWatchLogGroup, s3Bucket, s3EncryptionEnabled }: ecs.ExecuteCommandLogConfiguration, stack: Stack): iam.PolicyStatement[] {
  const statements: iam.PolicyStatement[] = [];
  if (cloudWatchLogGroup) {
    statements.push(allow(['logs:DescribeLogGroups'], '*'));
    const { logGroupName } = cloudWatchLogGroup.logGroupRef;
    const group = stack.formatArn({ service: 'logs', resource: 'log-group', resourceName: `${logGroupName}:*`, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
    statements.push(allow(['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'], group));
  }
  if (s3Bucket) {
    const bucket = stack.formatArn({ service: 's3', region: '', account: '', resource: s3Bucket.bucketRef.bucketName });
    statements.push(allow(['s3:GetBucketLocation'], '*'), allow(['s3:PutObject'], `${bucket}/*`));
    if (s3EncryptionEnabled) {
      statements.push(allow(['s3:GetEncryptionConfiguration'], bucket));
    }
  }
  return statements;
}

function allow(actions: string[], resource: string): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources: [resource] });
}
