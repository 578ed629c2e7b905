// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { AlertDescription } from '../alert-description';
import { common } from '../alert-rule-options';
import { TraceMetricAlertOptions, apmScope, traceMetric } from './apm-rule';
import { positiveNumber, spoken, total } from './rule';
import { ApmMonitor } from '../datadog/apm-monitor';

/** When `ApmAlertRule.errorRate` fires. */
export interface ApmErrorRateAlertOptions extends TraceMetricAlertOptions {
  /**
   * Fires when more than this percentage of requests failed.
   *
   * @default 5
   */
  readonly above?: number;

  /**
   * The time in which they are counted. A whole number of minutes, at most a week.
   *
   * @default Duration.minutes(10)
   */
  readonly within?: Duration;
}

/** Too large a part of the requests of a service fails. */
export function apmErrorRate(options: ApmErrorRateAlertOptions): AlertDescription {
  const above = positiveNumber('above', options.above ?? 5);
  const window = total('within', options.within ?? Duration.minutes(10));
  const metric = traceMetric(options);
  return {
    ...common('ApmErrorRate', options),
    title: `More than ${spoken(above)} % of requests failed within ${window.duration.toHumanString()}`,
    advice: 'look at its traces with errors in Datadog and at what was deployed before',
    statistic: 'sum',
    comparison: '>',
    threshold: above,
    window,
    // Without requests none fails.
    missingData: 'fine',
    datadog: new ApmMonitor({
      ...apmScope(options),
      timeAggregation: 'sum',
      formula: (of) => `(${of(`sum:${metric}.errors`)}.as_count() / ${of(`sum:${metric}.hits`)}.as_count()) * 100`,
    }),
  };
}
