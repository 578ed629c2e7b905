// SPDX-License-Identifier: Apache-2.0
import { Aws, Stack, Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/**
 * Lets CloudWatch Logs invoke a function for every log group of its account and region. One a group would fill the function's policy (20 KB) after
 * some dozens of groups. The same as in Datadog's own template.
 */
export function permitLogGroups(scope: Construct, id: string, fn: lambda.IFunction): lambda.CfnPermission {
  const stack = Stack.of(fn);
  return new lambda.CfnPermission(scope, id, {
    functionName: fn.functionArn,
    action: 'lambda:InvokeFunction',
    principal: `logs.${urlSuffix(stack.region)}`,
    sourceAccount: stack.account,
    sourceArn: `arn:${stack.partition}:logs:${stack.region}:${stack.account}:log-group:*:*`,
  });
}

/** The principal is `logs.amazonaws.com.cn` in China, `logs.amazonaws.com` elsewhere. */
function urlSuffix(region: string): string {
  if (Token.isUnresolved(region)) {
    return Aws.URL_SUFFIX;
  }
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}
