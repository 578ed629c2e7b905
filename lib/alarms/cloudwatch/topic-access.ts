// SPDX-License-Identifier: Apache-2.0
import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { otherPolicy, warnOfOtherPolicies } from './topic-policies';
import { warnOnce } from '../warn-once';

/** The alias of the key that AWS manages for SNS. Its policy cannot be edited, and lets no service publish. */
const AWS_MANAGED_KEY = 'alias/aws/sns';

/** What a service needs of the key of a topic: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services */
const KEY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey*'];

type Publisher = 'cloudwatch' | 'events';

/**
 * Alarms may publish by the policy that every topic begins with, until anything gives the topic one of its own, such as a notification of a bucket does. That may come
 * later, so it has one that lets alarms publish from the beginning. An imported topic keeps what it has.
 */
export function letAlarmsPublish(scope: Construct, topics: sns.ITopic[]): void {
  for (const topic of topics) {
    letUseKey(scope, topic, 'cloudwatch');
    letPublish(scope, topic, 'cloudwatch');
  }
}

/**
 * EventBridge publishes by the topic's policy only, and meets no condition there.
 *
 * @returns the topics of which it is certain
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
 */
export function letEventsPublish(scope: Construct, topics: sns.ITopic[]): sns.ITopic[] {
  return topics.filter((topic) => {
    letUseKey(scope, topic, 'events');
    const isLet = letPublish(scope, topic, 'events');
    if (!isLet && !otherPolicy(topic)) {
      warnOnce(scope, `cdk-ecs-datadog:topicPolicy:${topic.node.path}`,
        `EventBridge cannot tell the topic '${topic.node.path}' of events unless its policy lets events.amazonaws.com publish, and the policy of an imported topic `
        + 'cannot be edited here: see that its owner says so');
    }
    return isLet;
  });
}

/** What came of it for the topics of an `EcsAlarms`: each of its rules asks, and looking for policies goes through the whole app. */
const answers = new WeakMap<Construct, Map<string, boolean>>();

function letPublish(scope: Construct, topic: sns.ITopic, publisher: Publisher): boolean {
  const known = answers.get(scope) ?? new Map<string, boolean>();
  answers.set(scope, known);
  const key = `${publisher}:${topic.node.path}`;
  const answer = known.get(key) ?? letPublishByPolicy(scope, topic, publisher);
  known.set(key, answer);
  return answer;
}

/** A topic has one policy, so where there is another one than its own it cannot be given one; that other one has to let them publish. */
function letPublishByPolicy(scope: Construct, topic: sns.ITopic, publisher: Publisher): boolean {
  if (publisher === 'cloudwatch') {
    // Alarms come with every rule, so this is once for a topic.
    warnOfOtherPolicies(scope, topic);
  }
  if (otherPolicy(topic)) {
    return false;
  }
  const alarms = Stack.of(scope).formatArn({ service: 'cloudwatch', resource: 'alarm', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  return topic.addToResourcePolicy(new iam.PolicyStatement({
    sid: publisher === 'cloudwatch' ? 'CloudWatchAlarms' : 'EventBridgeRules',
    principals: [new iam.ServicePrincipal(`${publisher}.amazonaws.com`)],
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    ...publisher === 'cloudwatch' && { conditions: { ArnLike: { 'aws:SourceArn': alarms } } },
  })).statementAdded;
}

/** EventBridge sends its key requests without `aws:SourceArn`, so a condition there would drop each message: the page of `KEY_ACTIONS`. */
function letUseKey(scope: Construct, topic: sns.ITopic, service: Publisher): void {
  if (isEncryptedByAwsManagedKey(topic)) {
    warnOnce(scope, `cdk-ecs-datadog:topicKey:${topic.node.path}`,
      `nothing reaches the topic '${topic.node.path}', since no AWS service may use the key ${AWS_MANAGED_KEY} that it is encrypted with: `
      + 'give it a customer-managed key, or none');
    return;
  }
  const result = topic.masterKey?.addToResourcePolicy(new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal(`${service}.amazonaws.com`)],
    actions: KEY_ACTIONS,
    resources: ['*'],
  }), true);
  if (result && !result.statementAdded) {
    warnOnce(scope, `cdk-ecs-datadog:topicKey:${topic.node.path}`,
      `nothing reaches the topic '${topic.node.path}' unless the policy of its key lets ${service}.amazonaws.com use it (${KEY_ACTIONS.join(', ')}), and the policy of `
      + 'an imported key cannot be edited here: see that its owner says so');
  }
}

function isEncryptedByAwsManagedKey(topic: sns.ITopic): boolean {
  const resource = topic.node.defaultChild;
  const key = resource instanceof sns.CfnTopic ? resource.kmsMasterKeyId : topic.masterKey?.keyId;
  return JSON.stringify(Stack.of(topic).resolve(key))?.includes(AWS_MANAGED_KEY) ?? false;
}
