// SPDX-License-Identifier: Apache-2.0
export type { DatadogCustomResourceOptions } from './custom-resource/datadog-custom-resource-options';
export { DatadogBackend } from './datadog-backend';
export type { DatadogExportProps } from './datadog-export-props';
export type { DatadogResourceProps } from './datadog-resource-props';
export { DatadogMissingData } from './monitor/datadog-missing-data';
export { DatadogMonitor } from './monitor/datadog-monitor';
export type { DatadogCompositeMonitorProps, DatadogMonitorBaseProps, DatadogMonitorProps } from './monitor/datadog-monitor-props';
export type { DatadogMonitorThresholds } from './monitor/datadog-monitor-thresholds';
export { DatadogMonitorType } from './monitor/datadog-monitor-type';
export type { IDatadogMonitor } from './monitor/i-datadog-monitor';
export { MonitorExpression } from './monitor/monitor-expression';
