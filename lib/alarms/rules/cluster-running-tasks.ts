// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { AlertDescription } from '../alert-description';
import { AlertRuleOptions, common } from '../alert-rule-options';
import { positiveNumber, spoken, sustained } from './rule';
import { ClusterMetricSource } from '../cloudwatch/cluster-metric-source';
import { MetricMonitor, STARTUP_SECONDS } from '../datadog/metric-monitor';
import { CRAWLER_TAGS } from '../datadog/tag-names';

/** When `AlertRule.clusterRunningTasks` fires. */
export interface ClusterRunningTasksAlertOptions extends AlertRuleOptions {
  /** Fires when fewer tasks than this run: in the whole cluster, or on an instance. */
  readonly below: number;

  /**
   * Counts the tasks of each container instance, instead of those of the cluster together.
   *
   * @default false
   */
  readonly perInstance?: boolean;

  /**
   * Fires when this has held in every minute for so long. A whole number of minutes; at most one day in CloudWatch.
   *
   * @default Duration.minutes(15)
   */
  readonly longerThan?: Duration;
}

/** A cluster, or one of its instances, runs too few tasks, of whatever service. */
export function clusterRunningTasks(options: ClusterRunningTasksAlertOptions): AlertDescription {
  const below = positiveNumber('below', options.below);
  const window = sustained('longerThan', options.longerThan ?? Duration.minutes(15));
  const { perInstance = false } = options;
  return {
    ...common('ClusterRunningTasks', options),
    title: `Running tasks ${perInstance ? 'on an instance ' : ''}below ${spoken(below)} for ${window.duration.toHumanString()}`,
    advice: 'look at the instances, at whether tasks find a place on them, and at the events of the services',
    statistic: 'minimum',
    comparison: '<',
    threshold: below,
    window,
    // A cluster with nothing at all reports nothing, which is the worst case; an instance of which nothing is reported may have been scaled in.
    missingData: perInstance ? 'unknown' : 'bad',
    // The metric of the instances has the cluster as its only dimension, so its minimum is the instance with the fewest tasks.
    cloudWatch: new ClusterMetricSource('ECS/ContainerInsights', perInstance ? 'instance_number_of_running_tasks' : 'TaskCount'),
    datadog: new MetricMonitor({
      tags: CRAWLER_TAGS,
      formula: (of) => of('sum:aws.ecs.running_tasks_count'),
      groupBy: perInstance ? ['instance', 'cluster'] : ['cluster'],
      ofCluster: true,
      newGroupDelay: STARTUP_SECONDS,
    }),
  };
}
