// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { AlertDescription } from '../alert-description';
import { AlertRuleOptions, common } from '../alert-rule-options';
import { positiveNumber, spoken, sustained } from './rule';
import { ServiceMetricSource } from '../cloudwatch/service-metric-source';
import { MetricMonitor, STARTUP_SECONDS } from '../datadog/metric-monitor';
import { AGENT_TAGS } from '../datadog/tag-names';

/** When `AlertRule.ephemeralStorage` fires. */
export interface EphemeralStorageAlertOptions extends AlertRuleOptions {
  /**
   * Fires above this percentage of the task's ephemeral storage.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html#ECS-ContainerInsights
   * @default 80
   */
  readonly above?: number;

  /**
   * Fires when this has held in every minute for so long. A whole number of minutes; in CloudWatch at most 3 hours for a whole cluster, one day for `services`.
   *
   * @default Duration.minutes(5)
   */
  readonly longerThan?: Duration;
}

/** The disk of a Fargate task fills up. */
export function ephemeralStorage(options: EphemeralStorageAlertOptions): AlertDescription {
  const above = positiveNumber('above', options.above ?? 80);
  const window = sustained('longerThan', options.longerThan ?? Duration.minutes(5));
  return {
    ...common('EphemeralStorage', options),
    title: `Ephemeral storage of the fullest task above ${spoken(above)} % for ${window.duration.toHumanString()}`,
    advice: 'look at what the task writes, and at the ephemeral storage of its task definition, before writing fails',
    statistic: 'maximum',
    comparison: '>',
    threshold: above,
    window,
    // Only Fargate tasks have it, while they run.
    missingData: 'fine',
    cloudWatch: new ServiceMetricSource('ECS/ContainerInsights', 'TaskEphemeralStorageUtilization', 'enhanced'),
    datadog: new MetricMonitor({
      tags: AGENT_TAGS,
      formula: (of) => `${of('sum:ecs.fargate.ephemeral_storage.utilized')} / ${of('sum:ecs.fargate.ephemeral_storage.reserved')} * 100`,
      groupBy: ['task', 'service', 'cluster'],
      newGroupDelay: STARTUP_SECONDS,
    }),
  };
}
