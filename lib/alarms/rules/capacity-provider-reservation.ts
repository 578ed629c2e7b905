// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { AlertDescription } from '../alert-description';
import { AlertRuleOptions, common } from '../alert-rule-options';
import { positiveNumber, spoken, sustained } from './rule';
import { CapacityProviderSource } from '../cloudwatch/capacity-provider-source';

/** When `AlertRule.capacityProviderReservation` fires. */
export interface CapacityProviderReservationAlertOptions extends AlertRuleOptions {
  /**
   * Fires above this percentage: the instances that the tasks need, of those that run. At 100 there are just enough.
   *
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-auto-scaling.html
   * @default 100
   */
  readonly above?: number;

  /**
   * Fires when this has held in every minute for so long: longer than instances take to start. A whole number of minutes, at most 3 hours.
   *
   * @default Duration.minutes(30)
   */
  readonly longerThan?: Duration;
}

/** A capacity provider does not get the instances that its tasks need. */
export function capacityProviderReservation(options: CapacityProviderReservationAlertOptions): AlertDescription {
  const above = positiveNumber('above', options.above ?? 100);
  const window = sustained('longerThan', options.longerThan ?? Duration.minutes(30));
  return {
    ...common('CapacityProviderReservation', options),
    title: `Capacity provider reservation above ${spoken(above)} % for ${window.duration.toHumanString()}`,
    advice: 'look at the activity and the maximum of its Auto Scaling group, and at whether new instances register with the cluster',
    statistic: 'maximum',
    comparison: '>',
    threshold: above,
    window,
    // There is no such metric without a capacity provider that ECS scales.
    missingData: 'fine',
    cloudWatch: new CapacityProviderSource(),
  };
}
