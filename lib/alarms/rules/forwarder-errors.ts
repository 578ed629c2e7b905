// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlertDescription } from '../alert-description';
import { AlertRuleOptions } from '../alert-rule-options';
import { forwarderRule } from './forwarder-rule';

/** When `AlertRule.forwarderErrors` fires. */
export interface ForwarderErrorsAlertOptions extends AlertRuleOptions {
  /**
   * Counts the failures of the forwarder's function: a forwarder's `metricErrors()`. A `Metric` is summed over `within`, whatever its own
   * statistic and period; a `MathExpression` is only given that period.
   */
  readonly metric: cloudwatch.IMetric;

  /**
   * Fires when there are more failures than this.
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

/** The forwarder's function fails, or Lambda gives up on an event for it. */
export function forwarderErrors(options: ForwarderErrorsAlertOptions): AlertDescription {
  return forwarderRule('ForwarderErrors', options, {
    counted: 'failed invocations or dropped events',
    advice: "look at the function's own log, and at the objects under aws/lambda/async/ in its bucket, "
      + 'where Lambda keeps the events that failed for good',
  });
}
