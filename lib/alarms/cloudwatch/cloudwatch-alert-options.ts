// SPDX-License-Identifier: Apache-2.0
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as sns from 'aws-cdk-lib/aws-sns';

/** Whom CloudWatch alarms notify. */
export interface CloudWatchAlertOptions {
  /**
   * Topics that are told when an alarm fires. For a rule about events the EventBridge rule tells them of each event, and the alarm does not tell them a second time;
   * an imported topic it does tell, since nobody here knows whether EventBridge may.
   *
   * A topic of this app gets a resource policy, which takes the place of the one that every topic begins with: it lets the alarms of the account publish, and EventBridge
   * for rules about events. Others need a statement of their own; give it them by `topic.addToResourcePolicy()`, since an `sns.TopicPolicy` would take the place of this
   * policy. Of that there is a warning.
   *
   * With `actions` there are at most five.
   *
   * Nothing reaches a topic that is encrypted with the AWS-managed key `alias/aws/sns`. For that, and for an imported topic whose policy or key cannot be
   * edited here, there is a warning.
   *
   * @default - none
   */
  readonly topics?: sns.ITopic[];

  /**
   * What else happens when an alarm fires. An alarm for a whole cluster takes no EC2 action. With `topics` there are at most five.
   *
   * @default - nothing
   */
  readonly actions?: cloudwatch.IAlarmAction[];

  /**
   * What happens when an alarm is fine again: at most five actions.
   *
   * @default - nothing
   */
  readonly okActions?: cloudwatch.IAlarmAction[];

  /**
   * What happens when an alarm has no data to judge by, which is so for a new alarm, too: at most five actions. Most rules call silence fine; see each.
   *
   * @default - nothing
   */
  readonly insufficientDataActions?: cloudwatch.IAlarmAction[];

  /**
   * Tags of all alarms, such as `{ team: 'shop' }`.
   *
   * @default - none but those of the rules
   */
  readonly tags?: { readonly [key: string]: string };
}
