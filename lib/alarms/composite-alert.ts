// SPDX-License-Identifier: Apache-2.0
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { DatadogMonitor } from '../datadog';
import { AlertNotificationOptions, checkId, notificationOptions } from './alert-rule-options';

/** What a composite of rules means. Exactly one of `allOf` and `anyOf` is given. */
export interface CompositeAlertOptions extends AlertNotificationOptions {
  /** What has happened then, as the start of a sentence: `Checkout is overloaded`. */
  readonly title: string;

  /**
   * What to do first, as the end of that sentence: `look at the queue`.
   *
   * @default 'look at the alarms that it is made of'
   */
  readonly advice?: string;

  /**
   * Ids of rules that all have to alert. For rules that each have a contributor or a group for each service see `addComposite`.
   *
   * @default - `anyOf` is given
   */
  readonly allOf?: string[];

  /**
   * Ids of rules of which at least one has to alert.
   *
   * @default - `allOf` is given
   */
  readonly anyOf?: string[];
}

/** What was made of a composite. */
export interface CompositeAlert {
  /** Its CloudWatch alarms: one, or one for each of the `services`. */
  readonly alarms: cloudwatch.CompositeAlarm[];

  /**
   * Its Datadog monitor.
   *
   * @default - no backend of Datadog renders it
   */
  readonly monitor?: DatadogMonitor;
}

/** A composite, checked. */
export interface CompositeDescription {
  readonly id: string;
  readonly title: string;
  readonly advice: string;
  readonly options: AlertNotificationOptions;
  readonly ruleIds: string[];
  /** All of the rules have to alert, or any. */
  readonly isAll: boolean;
}

/** Checks what does not depend on the rules. */
export function describeComposite(id: string, options: CompositeAlertOptions): CompositeDescription {
  const { title, advice = 'look at the alarms that it is made of', allOf, anyOf } = options;
  checkId(id);
  if ((allOf === undefined) === (anyOf === undefined)) {
    throw new Error(`exactly one of 'allOf' and 'anyOf' must be given, got: ${allOf ? 'both' : 'none'}`);
  }
  const ruleIds = [...new Set(allOf ?? anyOf)];
  if (ruleIds.length < 2) {
    throw new Error(`'${allOf ? 'allOf' : 'anyOf'}' must hold at least two rules, got: ${ruleIds.join(', ') || 'an empty list'}`);
  }
  return { id, title, advice, options: notificationOptions(options), ruleIds, isAll: allOf !== undefined };
}
