// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlertDescription, AlertWindow } from '../alert-description';
import { AlertRuleOptions, RuleDefinition, ruleId, spoken, total, zeroOrPositiveNumber } from './rule';
import { GivenMetricSource } from '../cloudwatch/given-metric-source';

/** What the rules about a forwarder have in common. */
interface ForwarderRuleOptions extends AlertRuleOptions {
  readonly metric: cloudwatch.IMetric;
  readonly moreThan?: number;
  readonly within?: Duration;
}

/** What one of them says. */
interface ForwarderRuleText {
  /** What is counted, in the plural. */
  readonly counted: string;
  readonly advice: string;
}

/** Something that a forwarder counts, or Lambda counts of it, is there more often than it should be. */
export class ForwarderRule implements RuleDefinition {
  private readonly id: string;
  private readonly moreThan: number;
  private readonly window: AlertWindow;
  private readonly metric: cloudwatch.IMetric;

  constructor(options: ForwarderRuleOptions, id: string, private readonly text: ForwarderRuleText) {
    this.id = ruleId(options, id);
    this.moreThan = zeroOrPositiveNumber('moreThan', options.moreThan ?? 0);
    this.window = total('within', options.within ?? Duration.minutes(5));
    this.metric = options.metric;
  }

  public describe(): AlertDescription {
    return {
      id: this.id,
      title: `More than ${spoken(this.moreThan)} ${this.text.counted} within ${this.window.duration.toHumanString()}`,
      advice: this.text.advice,
      statistic: 'sum',
      comparison: '>',
      threshold: this.moreThan,
      window: this.window,
      // Nothing is counted while everything is well, or nothing is invoked; and a function that fails counts nothing itself, but Lambda does.
      missingData: 'fine',
      cloudWatch: new GivenMetricSource(this.metric, { whole: 'a log forwarder', each: 'a log forwarder' }),
    };
  }
}
