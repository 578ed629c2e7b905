// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { AlertDescription } from '../alert-description';
import { common } from '../alert-rule-options';
import { ApmAlertOptions, apmScope } from './apm-rule';
import { total } from './rule';
import { WatchdogMonitor } from '../datadog/watchdog-monitor';

/** When `ApmAlertRule.watchdog` fires. */
export interface WatchdogAlertOptions extends ApmAlertOptions {
  /**
   * How long a finding keeps the monitor on. A whole number of minutes, at most two days.
   *
   * @default Duration.minutes(30)
   */
  readonly within?: Duration;
}

/** Watchdog found something unusual: requests, errors or latency of a service. */
export function watchdog(options: WatchdogAlertOptions): AlertDescription {
  return {
    ...common('Watchdog', options),
    title: 'Watchdog found unusual requests, errors or latency',
    advice: 'look at its finding in Datadog: what is unusual, since when, and where it began',
    statistic: 'sum',
    comparison: '>',
    threshold: 0,
    window: total('within', options.within ?? Duration.minutes(30)),
    // No finding is none.
    missingData: 'fine',
    datadog: new WatchdogMonitor(apmScope(options)),
  };
}
