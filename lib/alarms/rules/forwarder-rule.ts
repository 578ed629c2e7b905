// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlertDescription } from '../alert-description';
import { AlertRuleOptions, common } from '../alert-rule-options';
import { spoken, total, zeroOrPositiveNumber } from './rule';
import { GivenMetricSource } from '../cloudwatch/given-metric-source';
import { GivenMetricMonitor } from '../datadog/given-metric-monitor';

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
export function forwarderRule(defaultId: string, options: ForwarderRuleOptions, { counted, advice }: ForwarderRuleText): AlertDescription {
  const moreThan = zeroOrPositiveNumber('moreThan', options.moreThan ?? 0);
  const window = total('within', options.within ?? Duration.minutes(5));
  return {
    ...common(defaultId, options),
    title: `More than ${spoken(moreThan)} ${counted} within ${window.duration.toHumanString()}`,
    advice,
    statistic: 'sum',
    comparison: '>',
    threshold: moreThan,
    window,
    // Nothing is counted while everything is well, or nothing is invoked; and a function that fails counts nothing itself, but Lambda does.
    missingData: 'fine',
    cloudWatch: new GivenMetricSource(options.metric, { whole: 'a log forwarder', each: 'a log forwarder' }),
    datadog: new GivenMetricMonitor(options.metric, 'a log forwarder'),
  };
}
