// SPDX-License-Identifier: Apache-2.0
import * as sns from 'aws-cdk-lib/aws-sns';
import { IConstruct } from 'constructs';
import { referencedConstruct } from '../../private/referenced-construct';
import { warnOnce } from '../warn-once';

/** A policy resource that names the topic, and that is not the one which `addToResourcePolicy` keeps. */
export function otherPolicy(topic: sns.ITopic): sns.CfnTopicPolicy | undefined {
  return topic.node.root.node.findAll().find((node): node is sns.CfnTopicPolicy => (
    sns.CfnTopicPolicy.isCfnTopicPolicy(node) && node.node.scope !== topic.node.tryFindChild('Policy') && node.topics.some((arn) => isArnOf(topic, arn, node))));
}

/** The last of several policies to be deployed is that of the topic. It may come until synthesis. */
export function warnOfOtherPolicies(scope: IConstruct, topic: sns.ITopic): void {
  scope.node.addValidation({
    validate: () => {
      const other = otherPolicy(topic);
      if (other) {
        warnOnce(scope, `cdk-ecs-datadog:topicPolicy:${topic.node.path}`,
          `the topic '${topic.node.path}' has one policy at a time, and '${other.node.path}' takes the place of any other: see that it lets cloudwatch.amazonaws.com, and `
          + 'events.amazonaws.com for rules about events, publish, or use addToResourcePolicy() of the topic instead');
      }
      return [];
    },
  });
}

function isArnOf(topic: sns.ITopic, arn: string, policy: sns.CfnTopicPolicy): boolean {
  const resource = topic.node.defaultChild;
  return arn === topic.topicArn || (resource !== undefined && referencedConstruct(arn, policy) === resource);
}
