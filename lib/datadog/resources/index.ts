// SPDX-License-Identifier: Apache-2.0
export type { DatadogCustomResourceOptions } from './custom-resource/datadog-custom-resource-options';
export { DatadogBackend } from './datadog-backend';
export type { DatadogExportProps } from './datadog-export-props';
export type { DatadogResourceProps } from './datadog-resource-props';
export { DatadogDowntime } from './downtime/datadog-downtime';
export { DatadogDowntimeEndState, DatadogDowntimeEndType, type DatadogDowntimeProps } from './downtime/datadog-downtime-props';
export {
  DatadogDowntimeSchedule, type DatadogDowntimeRecurrence, type DatadogOneTimeScheduleOptions, type DatadogRecurringScheduleOptions,
} from './downtime/datadog-downtime-schedule';
export { DatadogMissingData } from './monitor/datadog-missing-data';
export { DatadogMonitor } from './monitor/datadog-monitor';
export type { DatadogCompositeMonitorProps, DatadogMonitorBaseProps, DatadogMonitorProps } from './monitor/datadog-monitor-props';
export type { DatadogMonitorThresholds } from './monitor/datadog-monitor-thresholds';
export { DatadogMonitorType } from './monitor/datadog-monitor-type';
export type { IDatadogMonitor } from './monitor/i-datadog-monitor';
export { MonitorExpression } from './monitor/monitor-expression';
export { DatadogComparator, DatadogSli, type DatadogMetricSliOptions, type DatadogTimeSliceSliOptions } from './slo/datadog-sli';
export { DatadogSlo } from './slo/datadog-slo';
export { DatadogSloTimeframe, type DatadogSloProps, type DatadogSloThreshold } from './slo/datadog-slo-props';
export type { IDatadogSlo } from './slo/i-datadog-slo';
