// SPDX-License-Identifier: Apache-2.0
import { AlertDescription, checkThresholds } from './alert-description';
import { CpuUtilizationAlertOptions, cpuUtilization } from './rules/cpu-utilization';
import { ForwarderErrorsAlertOptions, forwarderErrors } from './rules/forwarder-errors';
import { LogErrorsAlertOptions, logErrors } from './rules/log-errors';
import { MemoryUtilizationAlertOptions, memoryUtilization } from './rules/memory-utilization';
import { PendingTasksAlertOptions, pendingTasks } from './rules/pending-tasks';
import { RunningContainersDroppedAlertOptions, runningContainersDropped } from './rules/running-containers-dropped';
import { RunningTasksAlertOptions, runningTasks } from './rules/running-tasks';
import { UndeliveredLogsAlertOptions, undeliveredLogs } from './rules/undelivered-logs';

/**
 * When somebody is paged: described once, rendered by each `AlertBackend`.
 *
 * A rule is about metrics, not about services: for a whole cluster it is one alarm, however many services the cluster has. Invalid options throw here.
 */
export class AlertRule {
  /**
   * The rules to start with: CPU and memory utilization, running tasks, pending tasks, each with its defaults. Four alarms for a whole cluster.
   */
  public static recommended(): AlertRule[] {
    return [AlertRule.cpuUtilization(), AlertRule.memoryUtilization(), AlertRule.runningTasks(), AlertRule.pendingTasks()];
  }

  /**
   * The busiest task of a service has used more than `above` percent of its CPU for `longerThan`. Id `CpuUtilization`.
   *
   * A service without running tasks has no utilization and is fine by this rule.
   */
  public static cpuUtilization(options: CpuUtilizationAlertOptions = {}): AlertRule {
    return new AlertRule(cpuUtilization(options));
  }

  /**
   * The largest task of a service has used more than `above` percent of its memory for `longerThan`. Id `MemoryUtilization`.
   *
   * A service without running tasks has no utilization and is fine by this rule.
   */
  public static memoryUtilization(options: MemoryUtilizationAlertOptions = {}): AlertRule {
    return new AlertRule(memoryUtilization(options));
  }

  /**
   * A service has had fewer running tasks than `below` for `longerThan`. Id `RunningTasks`. In CloudWatch it needs Container Insights on the cluster.
   *
   * A service that is scaled to zero is still reported, as 0, so the rule fires for it too. Where zero is intended, list the other services as
   * `services`. A cluster without any service (or without Container Insights) reports nothing: the alarm then has insufficient data. A service that is
   * deleted simply disappears from an alarm for a whole cluster.
   */
  public static runningTasks(options: RunningTasksAlertOptions = {}): AlertRule {
    return new AlertRule(runningTasks(options));
  }

  /**
   * A service has had more pending tasks than `above` for `longerThan`. Id `PendingTasks`. In CloudWatch it needs Container Insights on the cluster.
   */
  public static pendingTasks(options: PendingTasksAlertOptions = {}): AlertRule {
    return new AlertRule(pendingTasks(options));
  }

  /**
   * A service wrote more error logs than `moreThan` within `within`. Id `LogErrors`. One alarm, with or without `services`; its contributors say
   * which service.
   *
   * Without `metric` it needs this library's log forwarder, and looks at every forwarder in the account and region.
   */
  public static logErrors(options: LogErrorsAlertOptions = {}): AlertRule {
    return new AlertRule(logErrors(options));
  }

  /**
   * The log forwarder stored logs in its bucket because Datadog did not take them. Id `UndeliveredLogs`. One alarm, with or without `services`;
   * for several forwarders give each rule an `id`.
   *
   * The function itself counts these logs, so a function that fails counts none: add `forwarderErrors` to hear of that.
   */
  public static undeliveredLogs(options: UndeliveredLogsAlertOptions): AlertRule {
    return new AlertRule(undeliveredLogs(options));
  }

  /**
   * The log forwarder's function failed, or Lambda gave up on an event for it. Id `ForwarderErrors`. One alarm, with or without `services`;
   * for several forwarders give each rule an `id`.
   */
  public static forwarderErrors(options: ForwarderErrorsAlertOptions): AlertRule {
    return new AlertRule(forwarderErrors(options));
  }

  /**
   * The number of running containers of a service dropped by `by` or more within `within`. Id `RunningContainersDropped`.
   *
   * CloudWatch cannot compare a number with that of an hour ago, so this is an approximation: it counts the running tasks of a service that stopped,
   * except those that ECS stopped to scale in or to deploy. Tasks that were replaced at once count too; a container that stopped alone within its task
   * does not; and a task may count twice, since ECS delivers events at least once. It needs `services`, and makes an alarm and an EventBridge rule for
   * each; one log group keeps the events, with the reasons why tasks stopped, for a month.
   *
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
   */
  public static runningContainersDropped(options: RunningContainersDroppedAlertOptions = {}): AlertRule {
    return new AlertRule(runningContainersDropped(options));
  }

  /** The rule's id, by which its alarms are found. Unique within an `EcsAlarms`. */
  public readonly id: string;

  /** @internal */
  public readonly _description: AlertDescription;

  private constructor(description: AlertDescription) {
    checkThresholds(description);
    this._description = description;
    this.id = description.id;
  }
}
