// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { AlertDescription, AlertWindow } from '../alert-description';
import { AlertRuleOptions, RuleDefinition, ruleId, spoken, sustained, zeroOrPositiveNumber } from './rule';
import { ServiceMetricSource } from '../cloudwatch/service-metric-source';

/** When `AlertRule.pendingTasks` fires. */
export interface PendingTasksAlertOptions extends AlertRuleOptions {
  /**
   * Fires when a service has more pending tasks than this.
   *
   * @default 0
   */
  readonly above?: number;

  /**
   * Fires when this has held in every minute for so long. A whole number of minutes; at most 3 hours for a whole cluster, one day for `services`.
   * It does not have to be the same task all the time: a service that keeps restarting its tasks counts as well.
   *
   * @default Duration.minutes(15)
   */
  readonly longerThan?: Duration;
}

/** Tasks of a service cannot start. */
export class PendingTasks implements RuleDefinition {
  private readonly id: string;
  private readonly above: number;
  private readonly window: AlertWindow;

  constructor(options: PendingTasksAlertOptions) {
    this.id = ruleId(options, 'PendingTasks');
    this.above = zeroOrPositiveNumber('above', options.above ?? 0);
    this.window = sustained('longerThan', options.longerThan ?? Duration.minutes(15));
  }

  public describe(): AlertDescription {
    return {
      id: this.id,
      title: `Pending tasks above ${spoken(this.above)} for ${this.window.duration.toHumanString()}`,
      advice: 'look at the events of the service, at free capacity, image pulls and secrets',
      statistic: 'maximum',
      comparison: '>',
      threshold: this.above,
      window: this.window,
      // Without a service nothing is pending.
      missingData: 'fine',
      cloudWatch: new ServiceMetricSource('ECS/ContainerInsights', 'PendingTaskCount'),
    };
  }
}
