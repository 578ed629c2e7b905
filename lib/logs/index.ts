// SPDX-License-Identifier: Apache-2.0
export type { ErrorLogMetricOptions } from './forwarder-metrics';
export type { ILogForwarder } from './i-log-forwarder';
export { LogForwarder } from './log-forwarder';
export type { LogForwarderProps } from './log-forwarder-props';
export type { AddLogGroupOptions, AddTaskDefinitionOptions, LogIdentity } from './log-identity';
