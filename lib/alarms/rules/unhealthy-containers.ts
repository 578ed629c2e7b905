// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { AlertDescription } from '../alert-description';
import { AlertRuleOptions, common } from '../alert-rule-options';
import { spoken, sustained, zeroOrPositiveNumber } from './rule';
import { ContainerMetricSource } from '../cloudwatch/container-metric-source';
import { MetricMonitor } from '../datadog/metric-monitor';
import { CLOUDWATCH_TAGS } from '../datadog/tag-names';

/** When `AlertRule.unhealthyContainers` fires. */
export interface UnhealthyContainersAlertOptions extends AlertRuleOptions {
  /**
   * Fires when more containers than this are unhealthy, of one name in one service.
   *
   * @default 0
   */
  readonly above?: number;

  /**
   * Fires when this has held in every minute for so long. A whole number of minutes, at most 3 hours. It does not have to be the same container all the time.
   *
   * @default Duration.minutes(5)
   */
  readonly longerThan?: Duration;
}

/** The health check of a container fails. */
export function unhealthyContainers(options: UnhealthyContainersAlertOptions): AlertDescription {
  const above = zeroOrPositiveNumber('above', options.above ?? 0);
  const window = sustained('longerThan', options.longerThan ?? Duration.minutes(5));
  return {
    ...common('UnhealthyContainers', options),
    title: `Unhealthy containers above ${spoken(above)} for ${window.duration.toHumanString()}`,
    advice: 'look at their health check, its start period and their last logs',
    statistic: 'maximum',
    comparison: '>',
    threshold: above,
    window,
    // Only containers with a health check report it.
    missingData: 'fine',
    cloudWatch: new ContainerMetricSource('UnHealthyContainerHealthStatus'),
    datadog: new MetricMonitor({
      tags: CLOUDWATCH_TAGS, formula: (of) => of('max:ecs.containerinsights.un_healthy_container_health_status'), groupBy: ['service', 'cluster'],
    }),
  };
}
