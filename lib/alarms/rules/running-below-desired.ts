// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { AlertDescription } from '../alert-description';
import { AlertRuleOptions, common } from '../alert-rule-options';
import { positiveInteger, spoken, sustained } from './rule';
import { ServiceMathSource } from '../cloudwatch/service-math-source';
import { MetricMonitor, STARTUP_SECONDS } from '../datadog/metric-monitor';
import { CRAWLER_TAGS } from '../datadog/tag-names';

/** When `AlertRule.runningBelowDesired` fires. */
export interface RunningBelowDesiredAlertOptions extends AlertRuleOptions {
  /**
   * Fires when at least this many of the desired tasks do not run.
   *
   * @default 1
   */
  readonly by?: number;

  /**
   * Fires when this has held in every minute for so long. A whole number of minutes, at most one day in CloudWatch.
   *
   * @default Duration.hours(1)
   */
  readonly longerThan?: Duration;
}

/** A service has fewer tasks than it wants. */
export function runningBelowDesired(options: RunningBelowDesiredAlertOptions): AlertDescription {
  const by = positiveInteger('by', options.by ?? 1);
  const window = sustained('longerThan', options.longerThan ?? Duration.hours(1));
  return {
    ...common('RunningBelowDesired', options),
    title: `${spoken(by)} or more of the desired tasks not running for ${window.duration.toHumanString()}`,
    advice: 'look at the events of the service, at free capacity and at the stopped reasons of its tasks',
    statistic: 'maximum',
    comparison: '>=',
    threshold: by,
    window,
    // Both numbers are reported while there is a service, as 0 too.
    missingData: 'fine',
    cloudWatch: new ServiceMathSource({ expression: 'desired - running', metrics: { desired: 'DesiredTaskCount', running: 'RunningTaskCount' } }),
    datadog: new MetricMonitor({
      tags: CRAWLER_TAGS,
      formula: (of) => `${of('sum:aws.ecs.service.desired')} - ${of('sum:aws.ecs.service.running')}`,
      groupBy: ['service', 'cluster'],
      newGroupDelay: STARTUP_SECONDS,
    }),
  };
}
