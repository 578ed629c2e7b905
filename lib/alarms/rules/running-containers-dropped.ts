// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { AlertDescription } from '../alert-description';
import { AlertRuleOptions, common } from '../alert-rule-options';
import { positiveInteger, spoken, total } from './rule';
import { StoppedTasksSource } from '../cloudwatch/stopped-tasks-source';
import { DropMonitor } from '../datadog/change-monitor';
import { CRAWLER_TAGS } from '../datadog/tag-names';

/** When `AlertRule.runningContainersDropped` fires. */
export interface RunningContainersDroppedAlertOptions extends AlertRuleOptions {
  /**
   * Fires when the service lost at least this many.
   *
   * @see https://www.datadoghq.com/blog/monitoring-ecs-with-datadog/
   * @default 2
   */
  readonly by?: number;

  /**
   * The time in which they are counted. A whole number of minutes, at most one day; in Datadog 15 or 30 minutes, 1, 2 or 4 hours or a day.
   *
   * @default Duration.hours(1)
   */
  readonly within?: Duration;
}

/** A service lost running tasks that nobody meant to stop. */
export function runningContainersDropped(options: RunningContainersDroppedAlertOptions): AlertDescription {
  const by = positiveInteger('by', options.by ?? 2);
  const window = total('within', options.within ?? Duration.hours(1));
  return {
    ...common('RunningContainersDropped', options),
    title: `${spoken(by)} or more running tasks stopped within ${window.duration.toHumanString()}, neither scaled in nor by a deployment,`,
    advice: 'look at their stopped reasons and exit codes in the log group of stopped tasks',
    statistic: 'sum',
    comparison: '>=',
    threshold: by,
    window,
    // Nothing is counted while no task stops.
    missingData: 'fine',
    cloudWatch: new StoppedTasksSource(),
    datadog: new DropMonitor({
      tags: CRAWLER_TAGS,
      metric: 'sum:aws.ecs.service.running',
      groupBy: ['service', 'cluster'],
      text: {
        title: `Running tasks down by ${spoken(by)} or more against ${window.duration.toHumanString()} ago`,
        advice: 'look at the events of the service: whether it was scaled in, or why its tasks stopped',
      },
    }),
  };
}
