// SPDX-License-Identifier: Apache-2.0
import { Duration, Token } from 'aws-cdk-lib';
import { AlertDescription } from '../alert-description';
import { common } from '../alert-rule-options';
import { TraceMetricAlertOptions, apmScope, traceMetric } from './apm-rule';
import { total } from './rule';
import { ApmMonitor } from '../datadog/apm-monitor';

/** The percentiles that Datadog keeps of a distribution: https://docs.datadoghq.com/metrics/distributions/ */
const PERCENTILES = [50, 75, 90, 95, 99];

/** When `ApmAlertRule.latency` fires. */
export interface ApmLatencyAlertOptions extends TraceMetricAlertOptions {
  /** Fires when the percentile takes longer than this. */
  readonly above: Duration;

  /**
   * The percentage of requests that are faster: 50, 75, 90, 95 or 99.
   *
   * @default 95
   */
  readonly percentile?: number;

  /**
   * The time whose requests are looked at. A whole number of minutes, at most a week.
   *
   * @default Duration.minutes(10)
   */
  readonly within?: Duration;
}

/** Requests of a service take too long. */
export function apmLatency(options: ApmLatencyAlertOptions): AlertDescription {
  const { above, percentile = 95 } = options;
  const window = total('within', options.within ?? Duration.minutes(10));
  const metric = traceMetric(options);
  if (above.isUnresolved() || above.toMilliseconds() <= 0) {
    throw new Error(`'above' must be a positive duration that is known when the app is synthesized, got: ${above.isUnresolved() ? 'a token' : above.toHumanString()}`);
  }
  if (Token.isUnresolved(percentile) || !PERCENTILES.includes(percentile)) {
    throw new Error(`'percentile' must be one of ${PERCENTILES.join(', ')}, got: ${Token.isUnresolved(percentile) ? 'a token' : percentile}`);
  }
  return {
    ...common('ApmLatency', options),
    title: `Latency (p${percentile}) above ${above.toHumanString()} within ${window.duration.toHumanString()}`,
    advice: 'look at its slowest traces in Datadog, at what it calls, and at its CPU',
    statistic: 'maximum',
    comparison: '>',
    // The distribution is in seconds.
    threshold: above.toMilliseconds() / 1000,
    window,
    // Without requests none is slow.
    missingData: 'fine',
    datadog: new ApmMonitor({ ...apmScope(options), timeAggregation: 'percentile', formula: (of) => of(`p${percentile}:${metric}`) }),
  };
}
