// SPDX-License-Identifier: Apache-2.0
export { AlertBackend } from './alert-backend';
export { AlertRule } from './alert-rule';
export type { AlertRuleOptions } from './alert-rule-options';
export { AlertSeverity } from './alert-severity';
export type { CloudWatchAlertOptions } from './cloudwatch/cloudwatch-alert-options';
export type { DatadogAlertOptions } from './datadog/datadog-alert-options';
export { EcsAlarms, type EcsAlarmsProps } from './ecs-alarms';
export type { CpuUtilizationAlertOptions } from './rules/cpu-utilization';
export type { ForwarderErrorsAlertOptions } from './rules/forwarder-errors';
export type { LogErrorsAlertOptions } from './rules/log-errors';
export type { MemoryUtilizationAlertOptions } from './rules/memory-utilization';
export type { PendingTasksAlertOptions } from './rules/pending-tasks';
export type { RunningContainersDroppedAlertOptions } from './rules/running-containers-dropped';
export type { RunningTasksAlertOptions } from './rules/running-tasks';
export type { UndeliveredLogsAlertOptions } from './rules/undelivered-logs';
