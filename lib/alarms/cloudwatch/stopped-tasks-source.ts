// SPDX-License-Identifier: Apache-2.0
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { acknowledge } from '../../private/acknowledge';
import { AlertWindow } from '../alert-description';
import { AlertTarget, WatchedService } from '../alert-target';
import { AlarmSeries, CloudWatchSource, SeriesRequest, serviceScope, statisticName } from './cloudwatch-source';
import { eventLog, eventTargetArn } from './event-log';

/**
 * Counts the running tasks of a service that stopped, except those that ECS stopped to scale in or to deploy. There is no such metric, so an EventBridge
 * rule matches the events and CloudWatch counts how often the rule was triggered.
 *
 * The rule sends the events to a log group: no page says that a rule without a target is counted, and the events say why the tasks stopped, which ECS
 * itself forgets after an hour. All services of an `EcsAlarms` share the group and its policy, since an account has ten such policies a region.
 */
export class StoppedTasksSource implements CloudWatchSource {
  public readonly containerInsights = 'none';
  public readonly isPerService = true;

  public objection(_window: AlertWindow, target: AlertTarget): string | undefined {
    return target.services ? undefined
      : "it needs 'services' (one alarm and one EventBridge rule a service), since CloudWatch cannot compare a number with that of an hour ago; "
        + "for a whole cluster that takes Datadog's change monitor";
  }

  public series({ scope, target, statistic, period }: SeriesRequest): AlarmSeries[] {
    return (target.services ?? []).map((service) => ({
      scope: serviceScope(scope, service),
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Events',
        metricName: 'TriggeredRules',
        dimensionsMap: { RuleName: stoppedTasksRule(scope, service, target.clusterArn).ruleName },
        statistic: statisticName(statistic),
        period,
      }),
      subject: `service ${service.name} of cluster ${target.clusterName}`,
      service,
    }));
  }
}

/** Two rules with different thresholds count the same events. */
function stoppedTasksRule(scope: Construct, service: WatchedService, clusterArn: string): events.Rule {
  const parent = serviceScope(scope, service);
  const existing = parent.node.tryFindChild('StoppedTasks') as events.Rule | undefined;
  if (existing) {
    return existing;
  }
  const rule = new events.Rule(parent, 'StoppedTasks', {
    description: 'Running tasks of one ECS service that stopped, neither scaled in nor replaced by a deployment',
    eventPattern: {
      source: ['aws.ecs'],
      detailType: ['ECS Task State Change'],
      detail: {
        clusterArn: [clusterArn],
        group: [`service:${service.name}`],
        lastStatus: ['STOPPED'],
        // A task that never started was not running, so nothing dropped.
        startedAt: [{ exists: true }],
        // What ECS gives as the reason for scaling in, and for the old tasks of a deployment: "Scaling activity initiated by (deployment ecs-svc/1234)".
        // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
        stoppedReason: [{ 'anything-but': { prefix: 'Scaling activity initiated by' } }],
      },
    },
  });
  const logGroup = eventLog(scope, 'StoppedTasks');
  // The target class of aws-cdk-lib brings a custom resource for a policy of each rule; here one plain policy does for all.
  rule.addTarget({ bind: () => ({ arn: eventTargetArn(logGroup) }) });
  acknowledge(rule, ['Serverless-EventBusDLQ'],
    'The alarm counts events that match, delivered or not; the log group only says why tasks stopped, and EventBridge retries it for a day');
  return rule;
}
