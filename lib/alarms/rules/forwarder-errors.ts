// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlertDescription, AlertWindow } from '../alert-description';
import { AlertRuleOptions, RuleDefinition, ruleId, spoken, total, zeroOrPositiveNumber } from './rule';
import { GivenMetricSource } from '../cloudwatch/given-metric-source';

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
export class ForwarderErrors implements RuleDefinition {
  private readonly id: string;
  private readonly moreThan: number;
  private readonly window: AlertWindow;
  private readonly metric: cloudwatch.IMetric;

  constructor(options: ForwarderErrorsAlertOptions) {
    this.id = ruleId(options, 'ForwarderErrors');
    this.moreThan = zeroOrPositiveNumber('moreThan', options.moreThan ?? 0);
    this.window = total('within', options.within ?? Duration.minutes(5));
    this.metric = options.metric;
  }

  public describe(): AlertDescription {
    return {
      id: this.id,
      title: `More than ${spoken(this.moreThan)} failed invocations or dropped events within ${this.window.duration.toHumanString()}`,
      advice: "look at the function's own log, and at the objects under aws/lambda/async/ in its bucket, "
        + 'where Lambda keeps the events that failed for good',
      statistic: 'sum',
      comparison: '>',
      threshold: this.moreThan,
      window: this.window,
      // Lambda publishes nothing while nothing is invoked.
      missingData: 'fine',
      cloudWatch: new GivenMetricSource(this.metric, { whole: 'a log forwarder', each: 'a log forwarder' }),
    };
  }
}
