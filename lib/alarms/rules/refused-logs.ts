// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlertDescription } from '../alert-description';
import { AlertRuleOptions } from '../alert-rule-options';
import { forwarderRule } from './forwarder-rule';

/** When `AlertRule.refusedLogs` fires. */
export interface RefusedLogsAlertOptions extends AlertRuleOptions {
  /**
   * Counts the logs that Datadog refuses for good: a forwarder's `metricRefused()`. A `Metric` is summed over `within`, whatever its own statistic and
   * period; a `MathExpression` is only given that period.
   */
  readonly metric: cloudwatch.IMetric;

  /**
   * Fires when there were more refused logs than this.
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

/** Logs are put aside that nothing will send again. */
export function refusedLogs(options: RefusedLogsAlertOptions): AlertDescription {
  return forwarderRule('RefusedLogs', options, {
    counted: 'logs refused by Datadog for good',
    advice: "look at the objects under refused/ in the forwarder's bucket, whose metadata say why; nothing sends them again, and they expire",
  });
}
