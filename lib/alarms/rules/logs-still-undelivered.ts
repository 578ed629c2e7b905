// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlertDescription } from '../alert-description';
import { AlertRuleOptions } from '../alert-rule-options';
import { forwarderAgeRule } from './forwarder-age-rule';

/** When `AlertRule.logsStillUndelivered` fires. */
export interface LogsStillUndeliveredAlertOptions extends AlertRuleOptions {
  /**
   * How long the oldest stored log has waited, in seconds: a forwarder's `metricOldestUndeliveredAge()`. Its maximum over `within` is taken, whatever its own
   * statistic and period.
   */
  readonly metric: cloudwatch.IMetric;

  /**
   * Fires when a log has waited longer than this.
   *
   * @default Duration.hours(1)
   */
  readonly olderThan?: Duration;

  /**
   * The time that is looked at, longer than the `replayInterval` of the forwarder. A whole number of minutes, at most one day.
   *
   * @default Duration.minutes(15)
   */
  readonly within?: Duration;
}

/** The forwarder sends stored logs again and again, and Datadog does not take them. */
export function logsStillUndelivered(options: LogsStillUndeliveredAlertOptions): AlertDescription {
  const { olderThan = Duration.hours(1), within = Duration.minutes(15) } = options;
  return forwarderAgeRule('LogsStillUndelivered', { ...options, olderThan, within }, {
    title: (age) => `Logs have waited for more than ${age} to be delivered`,
    advice: "look at the function's own log for Datadog's answer (key, site, egress); the logs are in its bucket, and are sent as soon as Datadog takes them",
    unit: 'seconds',
    // Each replay reports an age, also that of nothing. Without any, nobody knows.
    missingData: 'unknown',
  });
}
