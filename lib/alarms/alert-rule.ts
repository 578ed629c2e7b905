// SPDX-License-Identifier: Apache-2.0
import { AlertDescription, checkThresholds } from './alert-description';
import { AgentSilentAlertOptions, agentSilent } from './rules/agent-silent';
import { CapacityProviderReservationAlertOptions, capacityProviderReservation } from './rules/capacity-provider-reservation';
import { ClusterRunningTasksAlertOptions, clusterRunningTasks } from './rules/cluster-running-tasks';
import { ContainerRestartsAlertOptions, containerRestarts } from './rules/container-restarts';
import { CpuReservationAlertOptions, cpuReservation } from './rules/cpu-reservation';
import { CpuUtilizationAlertOptions, cpuUtilization } from './rules/cpu-utilization';
import { EcsAgentDisconnectedAlertOptions, ecsAgentDisconnected } from './rules/ecs-agent-disconnected';
import { EphemeralStorageAlertOptions, ephemeralStorage } from './rules/ephemeral-storage';
import { FargateCheckFailedAlertOptions, fargateCheckFailed } from './rules/fargate-check-failed';
import { ForwarderErrorsAlertOptions, forwarderErrors } from './rules/forwarder-errors';
import { ForwarderLateAlertOptions, forwarderLate } from './rules/forwarder-late';
import { LogErrorsAlertOptions, logErrors } from './rules/log-errors';
import { LogsStillUndeliveredAlertOptions, logsStillUndelivered } from './rules/logs-still-undelivered';
import { MemoryReservationAlertOptions, memoryReservation } from './rules/memory-reservation';
import { MemoryUtilizationAlertOptions, memoryUtilization } from './rules/memory-utilization';
import { NoTasksAlertOptions, noTasks } from './rules/no-tasks';
import { PendingTasksAlertOptions, pendingTasks } from './rules/pending-tasks';
import { RefusedLogsAlertOptions, refusedLogs } from './rules/refused-logs';
import { RunningBelowDesiredAlertOptions, runningBelowDesired } from './rules/running-below-desired';
import { RunningContainersDroppedAlertOptions, runningContainersDropped } from './rules/running-containers-dropped';
import { RunningTasksAlertOptions, runningTasks } from './rules/running-tasks';
import { UndeliveredLogsAlertOptions, undeliveredLogs } from './rules/undelivered-logs';
import { UnhealthyContainersAlertOptions, unhealthyContainers } from './rules/unhealthy-containers';

/**
 * When somebody is paged: described once, rendered by each `AlertBackend`.
 *
 * A rule is about metrics, not about services: for a whole cluster it is one alarm, however many services the cluster has. Invalid options throw here. Rules about events
 * of ECS are in `EcsEventAlertRule`, those about traces in `ApmAlertRule`.
 */
export class AlertRule {
  /** The rules to start with: CPU and memory utilization, running tasks, pending tasks, each with its defaults. Four alarms for a whole cluster. */
  public static recommended(): AlertRule[] {
    return [AlertRule.cpuUtilization(), AlertRule.memoryUtilization(), AlertRule.runningTasks(), AlertRule.pendingTasks()];
  }

  /**
   * The busiest task of a service has used more than `above` percent of its CPU for `longerThan`. Id `CpuUtilization`. A service without running tasks has no
   * utilization and is fine by this rule.
   *
   * CloudWatch: one alarm for a whole cluster, or one for each of the `services`. Datadog: needs the AWS integration; one monitor.
   */
  public static cpuUtilization(options: CpuUtilizationAlertOptions = {}): AlertRule {
    return new AlertRule(cpuUtilization(options));
  }

  /**
   * The largest task of a service has used more than `above` percent of its memory for `longerThan`. Id `MemoryUtilization`. A service without running tasks
   * has no utilization and is fine by this rule.
   *
   * CloudWatch: one alarm for a whole cluster, or one for each of the `services`. Datadog: needs the AWS integration; one monitor.
   */
  public static memoryUtilization(options: MemoryUtilizationAlertOptions = {}): AlertRule {
    return new AlertRule(memoryUtilization(options));
  }

  /**
   * A service has had fewer running tasks than `below` for `longerThan`. Id `RunningTasks`.
   *
   * CloudWatch: needs Container Insights; one alarm for a whole cluster, or one for each of the `services`. Datadog: needs the AWS integration; one monitor.
   *
   * A service that is scaled to zero is still reported, as 0, so the rule fires for it too. Where zero is intended, list the other services as
   * `services`. A cluster without any service (or without Container Insights) reports nothing: the alarm then has insufficient data. A service that is
   * deleted simply disappears from an alarm for a whole cluster.
   */
  public static runningTasks(options: RunningTasksAlertOptions = {}): AlertRule {
    return new AlertRule(runningTasks(options));
  }

  /**
   * A service has had more pending tasks than `above` for `longerThan`. Id `PendingTasks`.
   *
   * CloudWatch: needs Container Insights; one alarm for a whole cluster, or one for each of the `services`. Datadog: needs the AWS integration; one monitor.
   */
  public static pendingTasks(options: PendingTasksAlertOptions = {}): AlertRule {
    return new AlertRule(pendingTasks(options));
  }

  /**
   * A service has run fewer tasks than it wants, by at least `by`, for `longerThan`. Id `RunningBelowDesired`. One that is rolling out a deployment may have fewer
   * for a while, too.
   *
   * CloudWatch: needs Container Insights and `services`, and makes an alarm for each, since an alarm for a whole cluster takes one metric. Datadog: needs the AWS
   * integration; one monitor for all services.
   */
  public static runningBelowDesired(options: RunningBelowDesiredAlertOptions = {}): AlertRule {
    return new AlertRule(runningBelowDesired(options));
  }

  /**
   * Nothing has run, or nothing was reported, for `longerThan`. Id `NoTasks`. It also hears of what no other rule does: a service that was deleted, Container Insights that
   * was switched off, an AWS integration that broke. Not for what is scaled to zero on purpose. The alarm of a new cluster or service may fire before its first task is counted.
   *
   * CloudWatch: needs Container Insights; one alarm for the cluster, whose tasks it counts with those of no service, or one for each of the `services`. Datadog: needs the
   * AWS integration; one monitor for the tasks of all services together, or of the `services`.
   */
  public static noTasks(options: NoTasksAlertOptions = {}): AlertRule {
    return new AlertRule(noTasks(options));
  }

  /**
   * Fewer than `below` tasks have run in the cluster, or on one of its instances, for `longerThan`, of whatever service. Id `ClusterRunningTasks`.
   *
   * CloudWatch: needs Container Insights; one alarm. With `perInstance` it needs the CloudWatch agent on the instances as well, and the alarm does not say which instance.
   * Datadog: needs the AWS integration, which counts the tasks on container instances and so none of Fargate; one monitor.
   *
   * A cluster of which nothing is reported runs too few, so the alarm of a new cluster may fire before its first task is counted. With `perInstance` it is unknown, since an
   * instance may have been scaled in: add `noTasks` to hear that everything has stopped.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html
   */
  public static clusterRunningTasks(options: ClusterRunningTasksAlertOptions): AlertRule {
    return new AlertRule(clusterRunningTasks(options));
  }

  /**
   * Tasks have reserved more than `above` percent of the CPU that the container instances of the cluster have, for `longerThan`. Id `CpuReservation`. Not for a cluster whose
   * capacity providers scale the instances to their tasks, which is meant to be full, and not for Fargate, which reports nothing.
   *
   * CloudWatch: one alarm. Datadog: needs the AWS integration; one monitor.
   */
  public static cpuReservation(options: CpuReservationAlertOptions = {}): AlertRule {
    return new AlertRule(cpuReservation(options));
  }

  /**
   * Tasks have reserved more than `above` percent of the memory that the container instances of the cluster have, for `longerThan`. Id `MemoryReservation`. Not for a cluster
   * whose capacity providers scale the instances to their tasks, which is meant to be full, and not for Fargate, which reports nothing.
   *
   * CloudWatch: one alarm. Datadog: needs the AWS integration; one monitor.
   */
  public static memoryReservation(options: MemoryReservationAlertOptions = {}): AlertRule {
    return new AlertRule(memoryReservation(options));
  }

  /**
   * The ephemeral storage of a Fargate task has been more than `above` percent full for `longerThan`. Id `EphemeralStorage`.
   *
   * CloudWatch: needs Container Insights with enhanced observability; one alarm for a whole cluster, or one for each of the `services`. Datadog: needs the Agent in the
   * tasks, and says which task; one monitor.
   */
  public static ephemeralStorage(options: EphemeralStorageAlertOptions = {}): AlertRule {
    return new AlertRule(ephemeralStorage(options));
  }

  /**
   * A service wrote more error logs than `moreThan` within `within`. Id `LogErrors`.
   *
   * CloudWatch: one alarm, with or without `services`; its contributors say which service. Without `metric` it needs this library's log forwarder, and looks at every
   * forwarder in the account and region. Datadog: counts the logs of the cluster in all indexes, for each task family, and needs an application key without scopes;
   * one monitor. `metric` says nothing there. Logs that a `LogForwarder` of your own carries tell their cluster only where `addTaskDefinition()` was told its `clusterName`.
   */
  public static logErrors(options: LogErrorsAlertOptions = {}): AlertRule {
    return new AlertRule(logErrors(options));
  }

  /**
   * The log forwarder stored logs in its bucket because Datadog did not take them at once; it sends them again by itself, so this need not wake anybody: `logsStillUndelivered`
   * is for that. Id `UndeliveredLogs`. For several forwarders give each rule an `id`, as for all rules about forwarders.
   *
   * CloudWatch: one alarm, with or without `services`. Datadog: needs the AWS integration with custom metrics; one monitor. Let CloudWatch have it in any case: where Datadog
   * does not take logs, it may not take metrics either. The function itself counts these logs, so a function that fails counts none: add `forwarderErrors` to hear of that.
   */
  public static undeliveredLogs(options: UndeliveredLogsAlertOptions): AlertRule {
    return new AlertRule(undeliveredLogs(options));
  }

  /** A stored log has waited for longer than `olderThan`, however often it was sent again. Id `LogsStillUndelivered`. Needs and makes the same as `undeliveredLogs`. */
  public static logsStillUndelivered(options: LogsStillUndeliveredAlertOptions): AlertRule {
    return new AlertRule(logsStillUndelivered(options));
  }

  /** Datadog refuses stored logs for good, so nothing sends them again. Id `RefusedLogs`. Needs and makes the same as `undeliveredLogs`. */
  public static refusedLogs(options: RefusedLogsAlertOptions): AlertRule {
    return new AlertRule(refusedLogs(options));
  }

  /**
   * The log forwarder's function failed, or Lambda gave up on an event for it. Id `ForwarderErrors`. CloudWatch: one alarm, with or without `services`. Datadog: needs the AWS
   * integration with AWS/Lambda; one monitor.
   */
  public static forwarderErrors(options: ForwarderErrorsAlertOptions): AlertRule {
    return new AlertRule(forwarderErrors(options));
  }

  /**
   * The number of running tasks of a service dropped by `by` or more within `within`. Id `RunningContainersDropped`.
   *
   * Datadog: compares the running tasks of a service with those of `within` ago, which has to be 15 or 30 minutes, 1, 2 or 4 hours or a day. What is scaled in, or
   * stopped by a deployment, is a drop too, and why tasks stopped is not kept. Needs the AWS integration; one monitor.
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

  /**
   * The tasks of a capacity provider need more than `above` percent of the instances that it has, for `longerThan`: it is stuck. Id `CapacityProviderReservation`. Only for Auto
   * Scaling group capacity providers with managed scaling.
   *
   * CloudWatch: one alarm, with or without `services`. Datadog has no documented name for this metric.
   */
  public static capacityProviderReservation(options: CapacityProviderReservationAlertOptions = {}): AlertRule {
    return new AlertRule(capacityProviderReservation(options));
  }

  /**
   * A container was restarted more than `moreThan` times within its task. Id `ContainerRestarts`. Only containers with a restart policy report it.
   *
   * CloudWatch: needs Container Insights with enhanced observability; one alarm for a whole cluster, or one for each of the `services`. Datadog: needs the AWS integration
   * with custom metrics, and the same Container Insights; one monitor.
   */
  public static containerRestarts(options: ContainerRestartsAlertOptions = {}): AlertRule {
    return new AlertRule(containerRestarts(options));
  }

  /**
   * A container of a service has been unhealthy for `longerThan`, however many are. Id `UnhealthyContainers`. ECS reports 1 for an unhealthy container and 0 for a healthy one,
   * and only for containers with a health check.
   *
   * CloudWatch: needs Container Insights with enhanced observability; one alarm for a whole cluster, or one for each of the `services`. Datadog: needs the AWS integration
   * with custom metrics, and the same Container Insights; one monitor.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-enhanced-observability-metrics-ECS.html
   */
  public static unhealthyContainers(options: UnhealthyContainersAlertOptions = {}): AlertRule {
    return new AlertRule(unhealthyContainers(options));
  }

  /**
   * The ECS container agent of an instance has been disconnected in several checks in a row. Id `EcsAgentDisconnected`. Not with `services`.
   *
   * Datadog: needs the AWS integration; one monitor. CloudWatch cannot: agents disconnect and reconnect several times an hour in normal operation, and events do not say
   * who stays away.
   *
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_container_instance_events.html
   */
  public static ecsAgentDisconnected(options: EcsAgentDisconnectedAlertOptions = {}): AlertRule {
    return new AlertRule(ecsAgentDisconnected(options));
  }

  /**
   * An instance has no Datadog Agent that reports for `longerThan`. Id `AgentSilent`. Agents in Fargate tasks come and go with these: see `fargateCheckFailed`.
   *
   * Datadog: needs `hostTag`, and looks at the hosts that have it; let the AWS integration mute terminated instances, or each is reported; not with `services`; one monitor.
   * CloudWatch: needs `daemonServiceName` and Container Insights, and sees only whether the Agent runs; every instance of the cluster has to have one; one alarm. An instance
   * that drains counts as long as it is registered, whether or not the Agent on it has stopped already: give `longerThan` the time that takes.
   */
  public static agentSilent(options: AgentSilentAlertOptions): AlertRule {
    return new AlertRule(agentSilent(options));
  }

  /**
   * The Agent in a Fargate task cannot read the metadata of its task (`fargate_check`). Id `FargateCheckFailed`. An Agent that is gone tells nothing: make its container
   * essential, or watch `unhealthyContainers`.
   *
   * Datadog: needs the Agent in the tasks, one monitor, with a state for each task family; not with `services`. It finds the check by `ecs_cluster_name` and `task_family`, which
   * Datadog documents for what an Agent in ECS sends, but not for this check: see in Datadog's list of checks that yours has them, or the monitor tells nothing. Tags of single
   * tasks are of a higher cardinality than that of checks, so it cannot say which task, and may count the checks of all tasks of a family together.
   *
   * @see https://docs.datadoghq.com/containers/amazon_ecs/tags/
   */
  public static fargateCheckFailed(options: FargateCheckFailedAlertOptions = {}): AlertRule {
    return new AlertRule(fargateCheckFailed(options));
  }

  /**
   * Logs are older than `olderThan` when the log forwarder gets them. Id `ForwarderLate`.
   *
   * CloudWatch: the oldest log counts; one alarm, with or without `services`. Datadog: needs the AWS integration with AWS/Lambda, which has the average age; one monitor.
   */
  public static forwarderLate(options: ForwarderLateAlertOptions): AlertRule {
    return new AlertRule(forwarderLate(options));
  }

  /** @internal */
  public static _of(description: AlertDescription): AlertRule {
    return new AlertRule(description);
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
