// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { AlertDescription } from '../alert-description';
import { AlertRuleOptions, common } from '../alert-rule-options';
import { sustained } from './rule';
import { ContainerMetricSource } from '../cloudwatch/container-metric-source';
import { MetricMonitor } from '../datadog/metric-monitor';
import { CLOUDWATCH_TAGS } from '../datadog/tag-names';

/** When `AlertRule.unhealthyContainers` fires. */
export interface UnhealthyContainersAlertOptions extends AlertRuleOptions {
  /**
   * Fires when there was an unhealthy container in every minute for so long. A whole number of minutes, at most 3 hours. It does not have to be the same container all the time.
   *
   * @default Duration.minutes(5)
   */
  readonly longerThan?: Duration;
}

/** The health check of a container fails. */
export function unhealthyContainers(options: UnhealthyContainersAlertOptions): AlertDescription {
  const window = sustained('longerThan', options.longerThan ?? Duration.minutes(5));
  return {
    ...common('UnhealthyContainers', options),
    title: `A container unhealthy for ${window.duration.toHumanString()}`,
    advice: 'look at its health check, the start period of that and its last logs',
    statistic: 'maximum',
    comparison: '>',
    // The metric is 1 for an unhealthy container and 0 for a healthy one, so its maximum does not count them.
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-enhanced-observability-metrics-ECS.html
    threshold: 0,
    window,
    // Only containers with a health check report it.
    missingData: 'fine',
    cloudWatch: new ContainerMetricSource('UnHealthyContainerHealthStatus'),
    datadog: new MetricMonitor({
      tags: CLOUDWATCH_TAGS, formula: (of) => of('max:ecs.containerinsights.un_healthy_container_health_status'), groupBy: ['service', 'cluster'],
    }),
  };
}
