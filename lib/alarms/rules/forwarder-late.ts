// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlertDescription } from '../alert-description';
import { AlertRuleOptions, common } from '../alert-rule-options';
import { total } from './rule';
import { GivenMetricSource } from '../cloudwatch/given-metric-source';
import { GivenMetricMonitor } from '../datadog/given-metric-monitor';

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
  const olderThan = options.olderThan ?? Duration.minutes(5);
  if (olderThan.isUnresolved() || olderThan.toMilliseconds() <= 0) {
    throw new Error(`'olderThan' must be a positive duration that is known when the app is synthesized, got: ${olderThan.isUnresolved() ? 'a token' : olderThan.toHumanString()}`);
  }
  const subject = 'a log forwarder';
  return {
    ...common('ForwarderLate', options),
    title: `Logs are more than ${olderThan.toHumanString()} late`,
    advice: "look at the function's throttles and concurrency, and at what fails and is repeated",
    statistic: 'maximum',
    comparison: '>',
    threshold: olderThan.toMilliseconds(),
    window: total('within', options.within ?? Duration.minutes(5)),
    // Without logs nothing is late.
    missingData: 'fine',
    cloudWatch: new GivenMetricSource(options.metric, { whole: subject, each: subject }),
    datadog: new GivenMetricMonitor(options.metric, subject, 'max'),
  };
}
