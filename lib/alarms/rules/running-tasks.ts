// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { AlertDescription, AlertWindow } from '../alert-description';
import { AlertRuleOptions, RuleDefinition, positiveNumber, ruleId, spoken, sustained } from './rule';
import { ServiceMetricSource } from '../cloudwatch/service-metric-source';

/** When `AlertRule.runningTasks` fires. */
export interface RunningTasksAlertOptions extends AlertRuleOptions {
  /**
   * Fires when a service has fewer running tasks than this.
   *
   * @default 1
   */
  readonly below?: number;

  /**
   * Fires when this has held in every minute for so long. A whole number of minutes; at most 3 hours for a whole cluster, one day for `services`.
   *
   * @default Duration.minutes(5)
   */
  readonly longerThan?: Duration;
}

/** A service has too few running tasks. */
export class RunningTasks implements RuleDefinition {
  private readonly id: string;
  private readonly below: number;
  private readonly window: AlertWindow;

  constructor(options: RunningTasksAlertOptions) {
    this.id = ruleId(options, 'RunningTasks');
    this.below = positiveNumber('below', options.below ?? 1);
    this.window = sustained('longerThan', options.longerThan ?? Duration.minutes(5));
  }

  public describe(): AlertDescription {
    return {
      id: this.id,
      title: `Running tasks below ${spoken(this.below)} for ${this.window.duration.toHumanString()}`,
      advice: 'look at the events of the service and at the stopped reasons of its tasks',
      statistic: 'minimum',
      comparison: '<',
      threshold: this.below,
      window: this.window,
      // Container Insights goes on reporting 0 for a service without running tasks, so silence does not say that nothing runs: there is no service,
      // or Container Insights is off. Calling that "fine" would be a lie, calling it "bad" would page while a cluster is still being set up.
      missingData: 'unknown',
      cloudWatch: new ServiceMetricSource('ECS/ContainerInsights', 'RunningTaskCount'),
    };
  }
}
