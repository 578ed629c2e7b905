// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { AlertDescription } from '../alert-description';
import { AlertRuleOptions, common } from '../alert-rule-options';
import { positiveNumber, spoken, sustained } from './rule';
import { ServiceMetricSource } from '../cloudwatch/service-metric-source';
import { MetricMonitor, STARTUP_SECONDS } from '../datadog/metric-monitor';
import { CLOUDWATCH_TAGS } from '../datadog/tag-names';

/** When `AlertRule.memoryUtilization` fires. */
export interface MemoryUtilizationAlertOptions extends AlertRuleOptions {
  /**
   * Fires above this percentage of the memory that the task definition reserves. It may be over 100: an EC2 task with a soft limit can use more than it reserves.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html#ECS
   * @default 90
   */
  readonly above?: number;

  /**
   * Fires when this has held in every minute for so long. A whole number of minutes; at most 3 hours for a whole cluster, one day for `services`.
   *
   * @default Duration.minutes(5)
   */
  readonly longerThan?: Duration;
}

/** The largest task of a service uses too much of its memory. */
export function memoryUtilization(options: MemoryUtilizationAlertOptions): AlertDescription {
  const above = positiveNumber('above', options.above ?? 90);
  const window = sustained('longerThan', options.longerThan ?? Duration.minutes(5));
  return {
    ...common('MemoryUtilization', options),
    title: `Memory of the largest task above ${spoken(above)} % for ${window.duration.toHumanString()}`,
    advice: 'look at its load, the memory of its task definition and for a leak, before the task is killed',
    statistic: 'maximum',
    comparison: '>',
    threshold: above,
    window,
    // ECS reports no utilization of a service while none of its tasks runs; that nothing runs is another rule's concern.
    missingData: 'fine',
    cloudWatch: new ServiceMetricSource('AWS/ECS', 'MemoryUtilization'),
    datadog: new MetricMonitor({
      tags: CLOUDWATCH_TAGS,
      formula: (of) => of('max:aws.ecs.service.memory_utilization.maximum'),
      groupBy: ['service', 'cluster'],
      newGroupDelay: STARTUP_SECONDS,
    }),
  };
}
