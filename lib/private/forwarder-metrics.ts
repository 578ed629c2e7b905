// SPDX-License-Identifier: Apache-2.0

/**
 * The CloudWatch metrics that the log forwarder's handler writes (embedded metric format), in one place: the forwarder's `metric…()` methods
 * and the alarm rules read the same names. `lambda/log-forwarder` emits exactly these.
 */
export const FORWARDER_METRICS = {
  namespace: 'CdkEcsDatadog/LogForwarder',
  /** Log events that came in, with what was filtered out. */
  received: { metricName: 'ReceivedLogs', dimensions: ['FunctionName'] },
  /** Log events that a filter keeps from being sent. */
  filtered: { metricName: 'FilteredLogs', dimensions: ['FunctionName'] },
  /** Log events that could not be scrubbed. */
  scrubbingFailures: { metricName: 'ScrubbingFailures', dimensions: ['FunctionName'] },
  /** Log events that Datadog's intake accepted. */
  forwarded: { metricName: 'ForwardedLogs', dimensions: ['FunctionName'] },
  /** Log events that could not be delivered and were stored instead. */
  undelivered: { metricName: 'UndeliveredLogs', dimensions: ['FunctionName'] },
  /** Log events that were neither delivered nor stored by an invocation, which then failed: Lambda repeats it, and keeps the event at last. */
  failed: { metricName: 'FailedLogs', dimensions: ['FunctionName'] },
  /** Stored log events that a replay delivered. */
  replayed: { metricName: 'ReplayedLogs', dimensions: ['FunctionName'] },
  /** Stored log events that the intake refuses for good: they are put aside. */
  refused: { metricName: 'RefusedLogs', dimensions: ['FunctionName'] },
  /** How long the oldest log that waits for a replay has been stored, in seconds; 0 where none does. */
  oldestUndeliveredAge: { metricName: 'OldestUndeliveredAge', dimensions: ['FunctionName'] },
  /** Log events whose level is error or worse. */
  errors: { metricName: 'ErrorLogs', dimensions: ['FunctionName', 'Service', 'TaskFamily'] },
} as const;
