// SPDX-License-Identifier: Apache-2.0
import { AlertDescription } from './alert-description';
import { CpuUtilization, CpuUtilizationAlertOptions } from './rules/cpu-utilization';
import { ForwarderErrors, ForwarderErrorsAlertOptions } from './rules/forwarder-errors';
import { LogErrors, LogErrorsAlertOptions } from './rules/log-errors';
import { MemoryUtilization, MemoryUtilizationAlertOptions } from './rules/memory-utilization';
import { PendingTasks, PendingTasksAlertOptions } from './rules/pending-tasks';
import { RuleDefinition } from './rules/rule';
import { RunningContainersDropped, RunningContainersDroppedAlertOptions } from './rules/running-containers-dropped';
import { RunningTasks, RunningTasksAlertOptions } from './rules/running-tasks';
import { UndeliveredLogs, UndeliveredLogsAlertOptions } from './rules/undelivered-logs';

/**
 * When somebody is paged, said once and rendered by each `AlertBackend`.
 *
 * A rule is about metrics, not about services: for a whole cluster it is one alarm, however many services there are. Wrong options throw here.
 */
export class AlertRule {
  /**
   * The rules to start with: CPU and memory utilization, running tasks, pending tasks, each with its defaults. Four alarms for a whole cluster.
   */
  public static recommended(): AlertRule[] {
    return [AlertRule.cpuUtilization(), AlertRule.memoryUtilization(), AlertRule.runningTasks(), AlertRule.pendingTasks()];
  }

  /**
   * The busiest task of a service uses more of its CPU than this for so long. Id `CpuUtilization`.
   *
   * A service without running tasks has no utilization and is fine by this rule.
   */
  public static cpuUtilization(options: CpuUtilizationAlertOptions = {}): AlertRule {
    return new AlertRule(new CpuUtilization(options));
  }

  /**
   * The largest task of a service uses more of its memory than this for so long. Id `MemoryUtilization`.
   *
   * A service without running tasks has no utilization and is fine by this rule.
   */
  public static memoryUtilization(options: MemoryUtilizationAlertOptions = {}): AlertRule {
    return new AlertRule(new MemoryUtilization(options));
  }

  /**
   * A service has fewer running tasks than this for so long. Id `RunningTasks`. In CloudWatch it needs Container Insights on the cluster.
   *
   * A service that stands at zero tasks is still reported, as 0, so it fires, also where zero is meant: list the other ones as `services` then.
   * A cluster without any service (or without Container Insights) reports nothing: the alarm then says that it has insufficient data. In an alarm for a
   * whole cluster a service that is deleted just disappears.
   */
  public static runningTasks(options: RunningTasksAlertOptions = {}): AlertRule {
    return new AlertRule(new RunningTasks(options));
  }

  /**
   * A service has tasks that are pending for so long. Id `PendingTasks`. In CloudWatch it needs Container Insights on the cluster.
   */
  public static pendingTasks(options: PendingTasksAlertOptions = {}): AlertRule {
    return new AlertRule(new PendingTasks(options));
  }

  /**
   * More error logs of a service than this within a window. Id `LogErrors`. One alarm, with or without `services`; its contributors say which service.
   *
   * Without `metric` it needs this library's log forwarder, and looks at every forwarder in the account and region.
   */
  public static logErrors(options: LogErrorsAlertOptions = {}): AlertRule {
    return new AlertRule(new LogErrors(options));
  }

  /**
   * The log forwarder stored logs in its bucket because Datadog did not take them. Id `UndeliveredLogs`. One alarm, with or without `services`;
   * for several forwarders give each rule an `id`.
   *
   * The function itself counts these logs, so a function that fails counts none: add `forwarderErrors` to hear of that.
   */
  public static undeliveredLogs(options: UndeliveredLogsAlertOptions): AlertRule {
    return new AlertRule(new UndeliveredLogs(options));
  }

  /**
   * The log forwarder's function failed, or Lambda gave up on an event for it. Id `ForwarderErrors`. One alarm, with or without `services`;
   * for several forwarders give each rule an `id`.
   */
  public static forwarderErrors(options: ForwarderErrorsAlertOptions): AlertRule {
    return new AlertRule(new ForwarderErrors(options));
  }

  /**
   * Running containers of a service dropped by so many within a window. Id `RunningContainersDropped`.
   *
   * CloudWatch cannot compare a number with that of an hour ago, so this is its honest form: it counts the running tasks of a service that stopped,
   * except those that ECS stopped to scale in or to deploy. It counts tasks that were replaced at once too, counts no container that stopped alone
   * within its task, and may count one twice, since ECS delivers events at least once. It needs `services`, and makes for each an alarm
   * and an EventBridge rule; one log group keeps the events, with the reasons why tasks stopped, for a month.
   *
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
   */
  public static runningContainersDropped(options: RunningContainersDroppedAlertOptions = {}): AlertRule {
    return new AlertRule(new RunningContainersDropped(options));
  }

  /** What the alarms of this rule are found by. Once in an `EcsAlarms`. */
  public readonly id: string;

  /** @internal */
  public readonly _description: AlertDescription;

  private constructor(definition: RuleDefinition) {
    this._description = definition.describe();
    this.id = this._description.id;
  }
}
