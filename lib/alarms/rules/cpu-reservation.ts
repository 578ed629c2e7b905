// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { AlertDescription } from '../alert-description';
import { AlertRuleOptions, common } from '../alert-rule-options';
import { positiveNumber, spoken, sustained } from './rule';
import { ClusterMetricSource } from '../cloudwatch/cluster-metric-source';
import { MetricMonitor } from '../datadog/metric-monitor';
import { CLOUDWATCH_TAGS } from '../datadog/tag-names';

/** When `AlertRule.cpuReservation` fires. */
export interface CpuReservationAlertOptions extends AlertRuleOptions {
  /**
   * Fires above this percentage of the CPU that all container instances have together.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html#ECS
   * @default 90
   */
  readonly above?: number;

  /**
   * Fires when this has held in every minute for so long. A whole number of minutes; at most one day in CloudWatch.
   *
   * @default Duration.minutes(5)
   */
  readonly longerThan?: Duration;
}

/** The tasks of a cluster have reserved nearly all CPU of its instances. */
export function cpuReservation(options: CpuReservationAlertOptions): AlertDescription {
  const above = positiveNumber('above', options.above ?? 90);
  const window = sustained('longerThan', options.longerThan ?? Duration.minutes(5));
  return {
    ...common('CpuReservation', options),
    title: `CPU reserved by tasks above ${spoken(above)} % of what the instances have for ${window.duration.toHumanString()}`,
    advice: 'look at the number of instances and at what task definitions reserve, before new tasks find no place',
    statistic: 'maximum',
    comparison: '>',
    threshold: above,
    window,
    // ECS reports it for clusters with instances and running tasks only.
    missingData: 'fine',
    cloudWatch: new ClusterMetricSource('AWS/ECS', 'CPUReservation'),
    datadog: new MetricMonitor({
      tags: CLOUDWATCH_TAGS, formula: (of) => of('avg:aws.ecs.cluster.cpureservation'), groupBy: ['cluster'], ofCluster: true,
    }),
  };
}
