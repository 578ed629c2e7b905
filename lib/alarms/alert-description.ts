// SPDX-License-Identifier: Apache-2.0
import { Duration, Token, Tokenization } from 'aws-cdk-lib';
import { CommonDescription } from './alert-rule-options';
import { CloudWatchSource } from './cloudwatch/cloudwatch-source';
import { DatadogSource } from './datadog/datadog-source';

/** How the value is compared with the threshold. */
export type Comparison = '>' | '>=' | '<' | '<=';

/** How the values within one step of time become one. */
export type Statistic = 'maximum' | 'minimum' | 'sum';

/**
 * What silence means: `fine` (nothing to report), `unknown` (nobody can tell; neither good nor bad), `bad` (silence is what the rule is about).
 */
export type MissingDataMeaning = 'fine' | 'unknown' | 'bad';

/**
 * Over which time a rule looks.
 *
 * `sustained`: the condition holds in every minute of the window. `total`: the values of the whole window taken together.
 */
export interface AlertWindow {
  readonly kind: 'sustained' | 'total';
  readonly duration: Duration;
  /** The option that the user set it with, for messages. */
  readonly option: string;
}

/**
 * What an alert rule means, whoever renders it. Every backend reads the same sentence, condition and window; where the value comes from
 * differs by vendor, so each vendor has its own optional source. A rule without a source for a backend cannot be expressed there.
 */
export interface AlertDescription extends CommonDescription {
  /** What happened, without saying where: the start of a sentence. */
  readonly title: string;
  /** What to look at: the end of that sentence. */
  readonly advice: string;
  readonly statistic: Statistic;
  readonly comparison: Comparison;
  readonly threshold: number;
  readonly window: AlertWindow;
  readonly missingData: MissingDataMeaning;
  /** Where CloudWatch finds the value. Absent: CloudWatch cannot express this rule. */
  readonly cloudWatch?: CloudWatchSource;
  /** Where Datadog finds it. Absent: Datadog cannot express this rule. */
  readonly datadog?: DatadogSource;
}

/** A warning comes before the alert, and the value recovers on the way back: both are on the good side of the threshold. */
export function checkThresholds({ comparison, threshold, options }: AlertDescription): void {
  const isGood = (value: number) => (comparison.startsWith('>') ? value < threshold : value > threshold);
  for (const name of ['warningThreshold', 'recoveryThreshold'] as const) {
    const value = options[name];
    if (value !== undefined && threshold === 0 && comparison === '>') {
      throw new Error(`'${name}' must be left out, since anything at all is too much for this rule and nothing is below that, got: ${Tokenization.stringifyNumber(value)}`);
    }
    if (value !== undefined && !Token.isUnresolved(value) && !Token.isUnresolved(threshold) && !isGood(value)) {
      throw new Error(`'${name}' must be ${comparison.startsWith('>') ? 'below' : 'above'} the threshold, which is ${threshold}, got: ${value}`);
    }
  }
}
