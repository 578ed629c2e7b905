// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlertDescription } from '../alert-description';
import { AlertRuleOptions } from '../alert-rule-options';
import { forwarderRule } from './forwarder-rule';

/** When `AlertRule.undeliveredLogs` fires. */
export interface UndeliveredLogsAlertOptions extends AlertRuleOptions {
  /**
   * Counts the logs that were stored instead of delivered: a forwarder's `metricUndelivered()`. A `Metric` is summed over `within`, whatever its
   * own statistic and period; a `MathExpression` is only given that period.
   */
  readonly metric: cloudwatch.IMetric;

  /**
   * Fires when there were more undelivered logs than this.
   *
   * @default 0
   */
  readonly moreThan?: number;

  /**
   * The time in which they are counted. A whole number of minutes, at most one day.
   *
   * @default Duration.minutes(5)
   */
  readonly within?: Duration;
}

/** The forwarder stores logs that Datadog does not take at once. */
export function undeliveredLogs(options: UndeliveredLogsAlertOptions): AlertDescription {
  return forwarderRule('UndeliveredLogs', options, {
    counted: 'logs stored instead of delivered',
    advice: "look at the function's own log for Datadog's answer (key, site, egress); the logs are under undelivered/ in its bucket, from where they are sent again",
  });
}
