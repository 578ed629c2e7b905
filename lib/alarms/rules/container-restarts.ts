// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { AlertDescription } from '../alert-description';
import { AlertRuleOptions, common } from '../alert-rule-options';
import { spoken, total, zeroOrPositiveNumber } from './rule';
import { ContainerMetricSource } from '../cloudwatch/container-metric-source';
import { MetricMonitor } from '../datadog/metric-monitor';
import { CLOUDWATCH_TAGS } from '../datadog/tag-names';

/** When `AlertRule.containerRestarts` fires. */
export interface ContainerRestartsAlertOptions extends AlertRuleOptions {
  /**
   * Fires when a container was restarted more often than this, by the `RestartCount` that ECS reports.
   *
   * @default 3
   */
  readonly moreThan?: number;

  /**
   * The time that is looked at. A whole number of minutes, at most 3 hours.
   *
   * @default Duration.minutes(5)
   */
  readonly within?: Duration;
}

/** A container with a restart policy is started again and again within its task. */
export function containerRestarts(options: ContainerRestartsAlertOptions): AlertDescription {
  const moreThan = zeroOrPositiveNumber('moreThan', options.moreThan ?? 3);
  return {
    ...common('ContainerRestarts', options),
    title: `Container restarted more than ${spoken(moreThan)} times`,
    advice: 'look at its exit codes and its last logs; ECS tells of no event while the task goes on',
    statistic: 'maximum',
    comparison: '>',
    threshold: moreThan,
    window: total('within', options.within ?? Duration.minutes(5)),
    // Only containers with a restart policy report it.
    missingData: 'fine',
    cloudWatch: new ContainerMetricSource('RestartCount'),
    // The metric exists for several sets of dimensions, whose sum would count a container more than once.
    datadog: new MetricMonitor({
      tags: CLOUDWATCH_TAGS, formula: (of) => of('max:ecs.containerinsights.restart_count'), groupBy: ['service', 'cluster'], timeAggregation: 'max',
    }),
  };
}
