// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlertDescription, AlertWindow } from '../alert-description';
import { AlertRuleOptions, RuleDefinition, ruleId, spoken, total, zeroOrPositiveNumber } from './rule';
import { GivenMetricSource } from '../cloudwatch/given-metric-source';

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

/** The forwarder stores logs that Datadog does not take. */
export class UndeliveredLogs implements RuleDefinition {
  private readonly id: string;
  private readonly moreThan: number;
  private readonly window: AlertWindow;
  private readonly metric: cloudwatch.IMetric;

  constructor(options: UndeliveredLogsAlertOptions) {
    this.id = ruleId(options, 'UndeliveredLogs');
    this.moreThan = zeroOrPositiveNumber('moreThan', options.moreThan ?? 0);
    this.window = total('within', options.within ?? Duration.minutes(5));
    this.metric = options.metric;
  }

  public describe(): AlertDescription {
    return {
      id: this.id,
      title: `More than ${spoken(this.moreThan)} logs stored instead of delivered within ${this.window.duration.toHumanString()}`,
      advice: "look at the function's own log for Datadog's answer (key, site, egress); the logs are under undelivered/ in its bucket",
      statistic: 'sum',
      comparison: '>',
      threshold: this.moreThan,
      window: this.window,
      // Nothing is counted while everything is delivered, nor while the function fails: that is for ForwarderErrors to say.
      missingData: 'fine',
      cloudWatch: new GivenMetricSource(this.metric, { whole: 'a log forwarder', each: 'a log forwarder' }),
    };
  }
}
