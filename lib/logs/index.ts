// SPDX-License-Identifier: Apache-2.0
export type { ErrorLogMetricOptions } from './forwarder-metrics';
export type { ILogForwarder } from './i-log-forwarder';
export { LogCompression } from './log-compression';
export { LogFilter, type LogFilterOptions } from './log-filter';
export { LogForwarder } from './log-forwarder';
export type { LogForwarderProps } from './log-forwarder-props';
export type { AddLogGroupOptions, AddTaskDefinitionOptions, LogIdentity } from './log-identity';
export { ScrubbingRule, type ScrubbingPatternOptions } from './scrubbing-rule';
export type { AddStreamOptions } from './stream-sources';
