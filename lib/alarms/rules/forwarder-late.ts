// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlertDescription } from '../alert-description';
import { AlertRuleOptions } from '../alert-rule-options';
import { forwarderAgeRule } from './forwarder-age-rule';

/** When `AlertRule.forwarderLate` fires. */
export interface ForwarderLateAlertOptions extends AlertRuleOptions {
  /**
   * How old logs are when the forwarder's function gets them, in milliseconds: `forwarder.handler.metric('AsyncEventAge')`. Its maximum over `within` is taken, whatever
   * its own statistic and period.
   */
  readonly metric: cloudwatch.IMetric;

  /**
   * Fires when logs were older than this.
   *
   * @default Duration.minutes(5)
   */
  readonly olderThan?: Duration;

  /**
   * The time that is looked at. A whole number of minutes, at most one day.
   *
   * @default Duration.minutes(5)
   */
  readonly within?: Duration;
}

/** Logs wait in Lambda's queue: it throttles the function, or repeats what failed. */
export function forwarderLate(options: ForwarderLateAlertOptions): AlertDescription {
  const { olderThan = Duration.minutes(5), within = Duration.minutes(5) } = options;
  return forwarderAgeRule('ForwarderLate', { ...options, olderThan, within }, {
    title: (age) => `Logs are more than ${age} late`,
    advice: "look at the function's throttles and concurrency, and at what fails and is repeated",
    unit: 'milliseconds',
    // Without logs nothing is late.
    missingData: 'fine',
  });
}
