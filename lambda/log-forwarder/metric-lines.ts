// SPDX-License-Identifier: Apache-2.0

const NAMESPACE = 'CdkEcsDatadog/LogForwarder';

/** What one invocation did, in logs. */
export interface InvocationCounts {
  readonly ReceivedLogs: number;
  /** Kept back by the user's filters. */
  readonly FilteredLogs: number;
  /** Accepted by the intake. */
  readonly ForwardedLogs: number;
  /** Of accepted requests, compressed. */
  readonly ForwardedBytes: number;
  /** Stored in the bucket instead. */
  readonly UndeliveredLogs: number;
  /** Neither delivered nor stored: they come again with the event, or stay in the on-failure destination with it. */
  readonly FailedLogs: number;
  readonly RetriedRequests: number;
  readonly TruncatedLogs: number;
  /** Logs that went out without their text, since a scrubbing rule did not come to an end on it. */
  readonly ScrubbingFailures: number;
}

/** What one replay did, in logs, and what it left behind. */
export interface ReplayCounts {
  /** Accepted by the intake. */
  readonly ReplayedLogs: number;
  /** Refused for good, and moved aside. */
  readonly RefusedLogs: number;
  readonly RetriedRequests: number;
  /** Objects that still wait; not known when they could not be listed. */
  readonly UndeliveredObjects?: number;
  /** Of the oldest of them, in seconds; 0 when none waits. */
  readonly OldestUndeliveredAge?: number;
}

/**
 * Lines in CloudWatch's embedded metric format: metrics without a call, and without a permission.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function invocationMetrics(functionName: string, counts: InvocationCounts, reasons: readonly string[], now = Date.now()): string {
  return metricLine({ FunctionName: functionName }, { ...counts }, reasonsProperty(reasons), now);
}

export function replayMetrics(functionName: string, counts: ReplayCounts, reasons: readonly string[], now = Date.now()): string {
  const known = Object.entries(counts).filter(([, count]) => count !== undefined);
  return metricLine({ FunctionName: functionName }, Object.fromEntries(known), reasonsProperty(reasons), now);
}

/**
 * Error logs of one stream. Service and family are what the app or the stream's name says, never what a message says of itself: alarms are made
 * for these, and each new value would be a new metric to pay for. `unknown` stands for a family that is not known.
 */
export function errorLogMetrics(functionName: string, service: string, taskFamily: string | undefined, count: number, now = Date.now()): string {
  return metricLine({ FunctionName: functionName, Service: service, TaskFamily: taskFamily ?? 'unknown' }, { ErrorLogs: count }, {}, now);
}

function reasonsProperty(reasons: readonly string[]): { readonly UndeliveredReasons?: readonly string[] } {
  return reasons.length > 0 ? { UndeliveredReasons: [...new Set(reasons)] } : {};
}

function metricLine(
  dimensions: { [name: string]: string }, metrics: { [name: string]: number }, properties: { [name: string]: unknown }, now: number,
): string {
  return `${JSON.stringify({
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [{
        Namespace: NAMESPACE,
        Dimensions: [Object.keys(dimensions)],
        Metrics: Object.keys(metrics).map((name) => ({ Name: name, Unit: unitOf(name) })),
      }],
    },
    ...dimensions,
    ...metrics,
    ...properties,
  })}\n`;
}

function unitOf(name: string): string {
  if (name.endsWith('Age')) {
    return 'Seconds';
  }
  return name.endsWith('Bytes') ? 'Bytes' : 'Count';
}
