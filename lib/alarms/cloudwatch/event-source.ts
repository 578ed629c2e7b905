// SPDX-License-Identifier: Apache-2.0
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { acknowledge } from '../../private/acknowledge';
import { AlertDescription, AlertWindow } from '../alert-description';
import { childOnce } from '../alert-renderer';
import { AlertTarget } from '../alert-target';
import { AlarmSeries, CloudWatchSource, SeriesRequest, statisticName } from './cloudwatch-source';
import { EcsEventPattern, eventPattern } from './ecs-events';
import { eventLog, eventTargetArn } from './event-log';
import { MAX_PATTERN_LENGTH, patternLength } from './event-pattern-length';
import { letEventsPublish } from './topic-access';

/** Names in the text of an alarm, which has 1,024 characters: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const MAX_NAMES = 3;

/** What of an event people are told: a label, and where it stands. */
export interface EventField {
  readonly label: string;
  /** Such as `$.detail.stoppedReason`. */
  readonly path: string;
}

/** Which events, and what people are told of them. */
export interface EventSourceOptions extends EcsEventPattern {
  readonly fields: readonly EventField[];
}

/**
 * Counts events of ECS. There is no such metric, so an EventBridge rule matches them, and the alarm is on how often that rule was triggered. One rule does for
 * a whole cluster, and for all of the `services` too: the event itself says which.
 *
 * The rule tells the topics of each event, in a sentence, so the alarm does not tell these a second time. Without a topic it sends them to a log group that all rules of an `EcsAlarms` share: no page says that a
 * rule without a target is counted.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 */
export class EventSource implements CloudWatchSource {
  public readonly containerInsights = 'none';

  constructor(private readonly options: EventSourceOptions) {}

  public objection(_window: AlertWindow, target: AlertTarget): string | undefined {
    const { services } = target;
    if (!services) {
      return undefined;
    }
    if (!this.options.kind.ofServices) {
      return "such events say nothing of services, leave out 'services'";
    }
    // Nothing is made yet, so there is no scope; a service is of the same account and region.
    const length = services.length === 0 ? 0 : patternLength(eventPattern(this.options, target, services[0].construct), services[0].construct);
    return length <= MAX_PATTERN_LENGTH ? undefined
      : `its event pattern would name ${services.length} services in about ${length} characters, and EventBridge takes ${MAX_PATTERN_LENGTH}: leave out 'services' for the `
        + "whole cluster, or give several EcsAlarms fewer 'services' each";
  }

  public series({ scope, target, description, statistic, period, topics }: SeriesRequest): AlarmSeries[] {
    const subject = this.subject(target);
    const rule = new events.Rule(childOnce(scope, 'Events'), description.id, {
      description: description.title,
      eventPattern: eventPattern(this.options, target, scope),
    });
    const told = this.addTargets(rule, scope, description, topics);
    const metric = new cloudwatch.Metric({
      namespace: 'AWS/Events',
      metricName: 'TriggeredRules',
      dimensionsMap: { RuleName: rule.ruleName },
      statistic: statisticName(statistic),
      period,
    });
    return [{ scope, metric, subject, told }];
  }

  /** Returns the topics that it certainly tells. */
  private addTargets(rule: events.Rule, scope: Construct, description: AlertDescription, topics: sns.ITopic[]): sns.ITopic[] {
    acknowledge(rule, ['Serverless-EventBusDLQ'],
      'The alarm counts events that match, delivered or not; EventBridge tries for a day, and a queue of what nobody was told would have to be watched in its turn');
    // Nothing mutes an EventBridge rule, so with mute windows the topics hear of the alarm only.
    if (topics.length === 0 || description.options.muteWindows?.length) {
      const logGroup = eventLog(scope, 'EventLog');
      rule.addTarget({ bind: () => ({ arn: eventTargetArn(logGroup) }) });
      return [];
    }
    const told = letEventsPublish(scope, topics);
    for (const topic of topics) {
      // The target class of aws-cdk-lib adds a statement for each rule to the topic's policy; here one does for all.
      rule.addTarget({ bind: () => ({ arn: topic.topicArn, input: this.text(description) }) });
    }
    return told;
  }

  private text({ title, advice }: AlertDescription): events.RuleTargetInput {
    const fields = this.options.fields.map(({ label, path }) => `${label}: ${events.EventField.fromPath(path)}`);
    return events.RuleTargetInput.fromText([`${title}.`, ...fields, `Please ${advice}.`].join(' | '));
  }

  private subject({ clusterName, services }: AlertTarget): string {
    if (!services || !this.options.kind.ofServices) {
      return `cluster ${clusterName}`;
    }
    if (services.length > MAX_NAMES) {
      return `${services.length} services of cluster ${clusterName}`;
    }
    return `${services.length === 1 ? 'service' : 'services'} ${services.map(({ name }) => name).join(', ')} of cluster ${clusterName}`;
  }
}
