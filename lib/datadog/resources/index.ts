// SPDX-License-Identifier: Apache-2.0
export type { DatadogCustomResourceOptions } from './custom-resource/datadog-custom-resource-options';
export { DatadogBackend } from './datadog-backend';
export type { DatadogResourceProps } from './datadog-resource-props';
export { DatadogMonitor, type IDatadogMonitor } from './monitor/datadog-monitor';
export type { DatadogMonitorBaseProps, DatadogMonitorProps } from './monitor/datadog-monitor-props';
export { DatadogMonitorType } from './monitor/datadog-monitor-type';
