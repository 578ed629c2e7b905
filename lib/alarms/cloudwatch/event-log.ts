// SPDX-License-Identifier: Apache-2.0
import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge, inCompliancePacks } from '../../private/acknowledge';

/** A log group that EventBridge writes events to, for a month. All rules that write to it share it and its policy, since an account has ten such policies a region. */
export function eventLog(scope: Construct, id: string): logs.LogGroup {
  const existing = scope.node.tryFindChild(id) as logs.LogGroup | undefined;
  if (existing) {
    return existing;
  }
  const logGroup = new logs.LogGroup(scope, id, {
    retention: logs.RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  // Both principals: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-cloudwatchlogs-permissions
  logGroup.addToResourcePolicy(new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal('events.amazonaws.com'), new iam.ServicePrincipal('delivery.logs.amazonaws.com')],
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn],
  }));
  acknowledge(logGroup, inCompliancePacks('CloudWatchLogGroupEncrypted'),
    'Encrypted with keys that CloudWatch Logs manages; ECS events name tasks, reasons and exit codes, and hold no output of applications');
  return logGroup;
}

/** EventBridge takes a log group's ARN without the `:*` that CloudFormation's attribute ends in. */
export function eventTargetArn(logGroup: logs.ILogGroup): string {
  return Stack.of(logGroup).formatArn({
    service: 'logs', resource: 'log-group', resourceName: logGroup.logGroupName, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
