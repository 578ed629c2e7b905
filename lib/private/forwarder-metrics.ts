// SPDX-License-Identifier: Apache-2.0

/**
 * The CloudWatch metrics that the log forwarder's handler writes (embedded metric format), in one place: the forwarder's `metric…()` methods
 * and the alarm rules read the same names. `lambda/log-forwarder` emits exactly these.
 */
export const FORWARDER_METRICS = {
  namespace: 'CdkEcsDatadog/LogForwarder',
  /** Log events that Datadog's intake accepted. */
  forwarded: { metricName: 'ForwardedLogs', dimensions: ['FunctionName'] },
  /** Log events that could not be delivered and were stored instead. */
  undelivered: { metricName: 'UndeliveredLogs', dimensions: ['FunctionName'] },
  /** Log events that were neither delivered nor stored by an invocation, which then failed: Lambda repeats it, and keeps the event at last. */
  failed: { metricName: 'FailedLogs', dimensions: ['FunctionName'] },
  /** Log events whose level is error or worse. */
  errors: { metricName: 'ErrorLogs', dimensions: ['FunctionName', 'Service', 'TaskFamily'] },
} as const;
