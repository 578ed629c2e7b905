// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { CloudWatchSource } from './cloudwatch/cloudwatch-source';

/** How the value is compared with the threshold. */
export type Comparison = '>' | '>=' | '<' | '<=';

/** How the values within one step of time become one. */
export type Statistic = 'maximum' | 'minimum' | 'sum';

/**
 * What silence means: `fine` (nothing to report), `unknown` (nobody can tell; neither good nor bad).
 */
export type MissingDataMeaning = 'fine' | 'unknown';

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
export interface AlertDescription {
  /** Stable; becomes the construct id of what is rendered. */
  readonly id: string;
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
}
