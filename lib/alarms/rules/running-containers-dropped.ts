// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { AlertDescription, AlertWindow } from '../alert-description';
import { AlertRuleOptions, RuleDefinition, positiveInteger, ruleId, spoken, total } from './rule';
import { StoppedTasksSource } from '../cloudwatch/stopped-tasks-source';

/** When `AlertRule.runningContainersDropped` fires. */
export interface RunningContainersDroppedAlertOptions extends AlertRuleOptions {
  /**
   * Fires when the service lost at least this many.
   *
   * @see https://www.datadoghq.com/blog/monitoring-ecs-with-datadog/
   * @default 2
   */
  readonly by?: number;

  /**
   * The time in which they are counted. A whole number of minutes, at most one day.
   *
   * @default Duration.hours(1)
   */
  readonly within?: Duration;
}

/** A service lost running tasks that nobody meant to stop. */
export class RunningContainersDropped implements RuleDefinition {
  private readonly id: string;
  private readonly by: number;
  private readonly window: AlertWindow;

  constructor(options: RunningContainersDroppedAlertOptions) {
    this.id = ruleId(options, 'RunningContainersDropped');
    this.by = positiveInteger('by', options.by ?? 2);
    this.window = total('within', options.within ?? Duration.hours(1));
  }

  public describe(): AlertDescription {
    return {
      id: this.id,
      title: `${spoken(this.by)} or more running tasks stopped within ${this.window.duration.toHumanString()}, neither scaled in nor by a deployment,`,
      advice: 'look at their stopped reasons and exit codes in the log group of stopped tasks',
      statistic: 'sum',
      comparison: '>=',
      threshold: this.by,
      window: this.window,
      // Nothing is counted while no task stops.
      missingData: 'fine',
      cloudWatch: new StoppedTasksSource(),
    };
  }
}
