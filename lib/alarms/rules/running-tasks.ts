// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { AlertDescription } from '../alert-description';
import { AlertRuleOptions, common } from '../alert-rule-options';
import { positiveNumber, spoken, sustained } from './rule';
import { ServiceMetricSource } from '../cloudwatch/service-metric-source';
import { MetricMonitor, STARTUP_SECONDS } from '../datadog/metric-monitor';
import { CRAWLER_TAGS } from '../datadog/tag-names';

/** When `AlertRule.runningTasks` fires. */
export interface RunningTasksAlertOptions extends AlertRuleOptions {
  /**
   * Fires when a service has fewer running tasks than this.
   *
   * @default 1
   */
  readonly below?: number;

  /**
   * Fires when this has held in every minute for so long. A whole number of minutes; at most 3 hours for a whole cluster, one day for `services`.
   *
   * @default Duration.minutes(5)
   */
  readonly longerThan?: Duration;
}

/** A service has too few running tasks. */
export function runningTasks(options: RunningTasksAlertOptions): AlertDescription {
  const below = positiveNumber('below', options.below ?? 1);
  const window = sustained('longerThan', options.longerThan ?? Duration.minutes(5));
  return {
    ...common('RunningTasks', options),
    title: `Running tasks below ${spoken(below)} for ${window.duration.toHumanString()}`,
    advice: 'look at the events of the service and at the stopped reasons of its tasks',
    statistic: 'minimum',
    comparison: '<',
    threshold: below,
    window,
    // Container Insights goes on reporting 0 for a service without running tasks, so silence does not say that nothing runs: there is no service,
    // or Container Insights is off. Calling that "fine" would be a lie, calling it "bad" would page while a cluster is still being set up.
    missingData: 'unknown',
    cloudWatch: new ServiceMetricSource('ECS/ContainerInsights', 'RunningTaskCount'),
    datadog: new MetricMonitor({
      tags: CRAWLER_TAGS,
      formula: (of) => of('min:aws.ecs.service.running'),
      groupBy: ['service', 'cluster'],
      newGroupDelay: STARTUP_SECONDS,
    }),
  };
}
