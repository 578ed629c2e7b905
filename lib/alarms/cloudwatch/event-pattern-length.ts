// SPDX-License-Identifier: Apache-2.0
import { IResolvable, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as events from 'aws-cdk-lib/aws-events';
import { IConstruct } from 'constructs';

/** Characters of an event pattern, unless AWS raises that: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
export const MAX_PATTERN_LENGTH = 2048;

/** As long as those of the longest names in the commercial and the GovCloud partitions. */
const PSEUDO_PARAMETERS: { readonly [name: string]: number } = {
  'AWS::Partition': 'aws-us-gov'.length,
  'AWS::Region': 'ap-southeast-1'.length,
  'AWS::AccountId': 12,
};

/** `arn:aws-us-gov:ecs:ap-southeast-1:111111111111:cluster/`, before a name. */
const ARN_PREFIX = 56;

/** What CloudFormation adds to stack and logical id: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html */
const GENERATED_SUFFIX = '-'.length + '-'.length + 12;

/** What nobody knows anything of, such as a parameter. */
const UNKNOWN = 64;

/** How long EventBridge will find a pattern: exact where it holds no token, and otherwise what its names come to. */
export function patternLength({ source, detailType, resources, detail }: events.EventPattern, scope: IConstruct): number {
  const text = JSON.stringify({ source, 'detail-type': detailType, resources, detail });
  return Tokenization.reverseString(text).mapTokens({ mapToken: (token) => 'x'.repeat(tokenLength(token, scope)) })
    .join({ join: (left: any, right: any) => `${left ?? ''}${right ?? ''}` }).length;
}

function tokenLength(token: IResolvable, scope: IConstruct): number {
  // References to other stacks become exports only at synthesis, so each is asked for where it points to.
  const target = Reference.isReference(token) ? token.target : scope;
  const stack = Stack.of(target);
  const resolved = stack.resolve(token);
  if (typeof resolved === 'string') {
    return resolved.length;
  }
  const [logicalId, attribute] = resolved?.Ref ? [String(resolved.Ref)] : resolved?.['Fn::GetAtt'] ?? [];
  if (logicalId in PSEUDO_PARAMETERS) {
    return PSEUDO_PARAMETERS[logicalId];
  }
  if (!(target instanceof ecs.CfnService || target instanceof ecs.CfnCluster)) {
    return UNKNOWN;
  }
  const given = target instanceof ecs.CfnService ? target.serviceName : target.clusterName;
  const nameLength = isKnown(given) ? given.length
    : (isKnown(stack.stackName) ? stack.stackName.length : UNKNOWN) + String(logicalId).length + GENERATED_SUFFIX;
  return attribute === 'Arn' ? ARN_PREFIX + nameLength : nameLength;
}

function isKnown(name: string | undefined): name is string {
  return name !== undefined && !Token.isUnresolved(name);
}
