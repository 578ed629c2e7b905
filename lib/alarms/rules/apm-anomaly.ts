// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { AlertDescription } from '../alert-description';
import { common } from '../alert-rule-options';
import { TraceMetricAlertOptions, apmScope, traceMetric } from './apm-rule';
import { positiveNumber, sustained } from './rule';
import { ApmAnomalyMonitor } from '../datadog/apm-anomaly-monitor';

/** What of a service may be unusual. */
export enum ApmSignal {
  /** The number of its requests, more or fewer. */
  REQUESTS = 'requests',

  /** The number of its errors, more. */
  ERRORS = 'errors',

  /** The latency of its requests (p95), longer. */
  LATENCY = 'latency',
}

/** After what time the values of a metric are alike. Datadog needs three times as much of the past. */
export enum AnomalySeasonality {
  /** Each hour is like the last. */
  HOURLY = 'hourly',

  /** Each day is like the last. */
  DAILY = 'daily',

  /** Each week is like the last. */
  WEEKLY = 'weekly',
}

/** When `ApmAlertRule.anomaly` fires. */
export interface ApmAnomalyAlertOptions extends TraceMetricAlertOptions {
  /** What is compared with its past. */
  readonly signal: ApmSignal;

  /**
   * After what time it is alike.
   *
   * @default AnomalySeasonality.WEEKLY
   */
  readonly seasonality?: AnomalySeasonality;

  /**
   * How far from what is expected is unusual, in standard deviations: fewer tell more often.
   *
   * @default 3
   */
  readonly deviations?: number;

  /**
   * Fires when all of this time was unusual. A whole number of minutes, at least 15, at most 2016 (33 hours and 36 minutes).
   *
   * @default Duration.minutes(15)
   */
  readonly longerThan?: Duration;
}

/** What a signal is in words, and on which side it is unusual. */
const SIGNALS: { readonly [signal in ApmSignal]: { readonly spoken: string; readonly direction: string } } = {
  [ApmSignal.REQUESTS]: { spoken: 'number of requests', direction: 'both' },
  [ApmSignal.ERRORS]: { spoken: 'number of errors', direction: 'above' },
  [ApmSignal.LATENCY]: { spoken: 'latency (p95)', direction: 'above' },
};

/** Its metric, with the filter and the groups put in by `of`. */
function signalQuery(signal: ApmSignal, metric: string, of: (metric: string) => string): string {
  return {
    [ApmSignal.REQUESTS]: `${of(`sum:${metric}.hits`)}.as_count()`,
    [ApmSignal.ERRORS]: `${of(`sum:${metric}.errors`)}.as_count()`,
    [ApmSignal.LATENCY]: of(`p95:${metric}`),
  }[signal];
}

/** A service behaves unlike its past. */
export function apmAnomaly(options: ApmAnomalyAlertOptions): AlertDescription {
  const { signal, seasonality = AnomalySeasonality.WEEKLY } = options;
  const deviations = positiveNumber('deviations', options.deviations ?? 3);
  const window = sustained('longerThan', options.longerThan ?? Duration.minutes(15));
  const metric = traceMetric(options);
  const { spoken, direction } = SIGNALS[signal];
  return {
    ...common('ApmAnomaly', options),
    title: `Unusual ${spoken} for ${window.duration.toHumanString()}`,
    advice: 'look at its traces in Datadog, at what was deployed before, and at what calls it and what it calls',
    statistic: 'maximum',
    comparison: '>=',
    // The part of the time that was unusual: all of it.
    threshold: 1,
    window,
    missingData: 'fine',
    datadog: new ApmAnomalyMonitor({ ...apmScope(options), formula: (of) => signalQuery(signal, metric, of), direction, deviations, seasonality }),
  };
}
