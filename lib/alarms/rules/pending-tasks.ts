// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { AlertDescription } from '../alert-description';
import { AlertRuleOptions, common } from '../alert-rule-options';
import { spoken, sustained, zeroOrPositiveNumber } from './rule';
import { ServiceMetricSource } from '../cloudwatch/service-metric-source';
import { MetricMonitor } from '../datadog/metric-monitor';
import { CRAWLER_TAGS } from '../datadog/tag-names';

/** When `AlertRule.pendingTasks` fires. */
export interface PendingTasksAlertOptions extends AlertRuleOptions {
  /**
   * Fires when a service has more pending tasks than this.
   *
   * @default 0
   */
  readonly above?: number;

  /**
   * Fires when this has held in every minute for so long. A whole number of minutes; at most 3 hours for a whole cluster, one day for `services`.
   * It does not have to be the same task all the time: a service that keeps restarting its tasks counts as well.
   *
   * @default Duration.minutes(15)
   */
  readonly longerThan?: Duration;
}

/** Tasks of a service cannot start. */
export function pendingTasks(options: PendingTasksAlertOptions): AlertDescription {
  const above = zeroOrPositiveNumber('above', options.above ?? 0);
  const window = sustained('longerThan', options.longerThan ?? Duration.minutes(15));
  return {
    ...common('PendingTasks', options),
    title: `Pending tasks above ${spoken(above)} for ${window.duration.toHumanString()}`,
    advice: 'look at the events of the service, at free capacity, image pulls and secrets',
    statistic: 'maximum',
    comparison: '>',
    threshold: above,
    window,
    // Without a service nothing is pending.
    missingData: 'fine',
    cloudWatch: new ServiceMetricSource('ECS/ContainerInsights', 'PendingTaskCount'),
    datadog: new MetricMonitor({ tags: CRAWLER_TAGS, formula: (of) => of('max:aws.ecs.service.pending'), groupBy: ['service', 'cluster'] }),
  };
}
