// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlertDescription, MissingDataMeaning } from '../alert-description';
import { AlertRuleOptions, common } from '../alert-rule-options';
import { total } from './rule';
import { GivenMetricSource } from '../cloudwatch/given-metric-source';
import { GivenMetricMonitor } from '../datadog/given-metric-monitor';

/** What the rules about the age of logs have in common, with defaults filled in. */
interface ForwarderAgeRuleOptions extends AlertRuleOptions {
  readonly metric: cloudwatch.IMetric;
  readonly olderThan: Duration;
  readonly within: Duration;
}

/** What one of them says. */
interface ForwarderAgeRuleText {
  readonly title: (age: string) => string;
  readonly advice: string;
  /** What the metric counts in. */
  readonly unit: 'seconds' | 'milliseconds';
  readonly missingData: MissingDataMeaning;
}

const SUBJECT = 'a log forwarder';

/** Logs of a forwarder are older than they should be: the oldest one within the window counts. */
export function forwarderAgeRule(defaultId: string, options: ForwarderAgeRuleOptions, text: ForwarderAgeRuleText): AlertDescription {
  const { metric, olderThan, within } = options;
  if (olderThan.isUnresolved() || olderThan.toMilliseconds() <= 0) {
    const got = olderThan.isUnresolved() ? 'a token' : olderThan.toHumanString();
    throw new Error(`'olderThan' must be a positive duration that is known when the app is synthesized, got: ${got}`);
  }
  return {
    ...common(defaultId, options),
    title: text.title(olderThan.toHumanString()),
    advice: text.advice,
    statistic: 'maximum',
    comparison: '>',
    threshold: text.unit === 'seconds' ? olderThan.toSeconds({ integral: false }) : olderThan.toMilliseconds(),
    window: total('within', within),
    missingData: text.missingData,
    cloudWatch: new GivenMetricSource(metric, { whole: SUBJECT, each: SUBJECT }),
    datadog: new GivenMetricMonitor(metric, SUBJECT, 'max'),
  };
}
