// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { AlertDescription } from '../alert-description';
import { common } from '../alert-rule-options';
import { TraceMetricAlertOptions, apmScope, traceMetric } from './apm-rule';
import { positiveNumber, spoken, total } from './rule';
import { ApmMonitor } from '../datadog/apm-monitor';

/** When `ApmAlertRule.requestRate` fires. */
export interface ApmRequestRateAlertOptions extends TraceMetricAlertOptions {
  /** Fires when there were fewer requests per second than this. */
  readonly below: number;

  /**
   * The time over which the rate is averaged. A whole number of minutes, at most a week.
   *
   * @default Duration.minutes(10)
   */
  readonly within?: Duration;
}

/** A service gets too few requests. */
export function apmRequestRate(options: ApmRequestRateAlertOptions): AlertDescription {
  const below = positiveNumber('below', options.below);
  const window = total('within', options.within ?? Duration.minutes(10));
  const metric = traceMetric(options);
  return {
    ...common('ApmRequestRate', options),
    title: `Fewer than ${spoken(below)} requests per second over ${window.duration.toHumanString()}`,
    advice: 'look at what comes before it (load balancer, DNS, callers), and at whether its tasks run and are traced',
    statistic: 'sum',
    comparison: '<',
    threshold: below,
    window,
    // No trace at all is the fewest requests that there can be, whether Datadog makes zeros of a group that is silent for all of the window or forgets it.
    missingData: 'bad',
    // Without the zeros the average would be that of the seconds with requests only. https://docs.datadoghq.com/dashboards/functions/interpolation/
    datadog: new ApmMonitor({ ...apmScope(options), timeAggregation: 'avg', formula: (of) => `default_zero(${of(`sum:${metric}.hits`)}.as_rate())` }),
  };
}
