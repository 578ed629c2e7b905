// SPDX-License-Identifier: Apache-2.0

/** The stream of a Lambda function that writes to a log group of its own: `2026/11/25/name[$LATEST]0123…`. */
const LAMBDA_STREAM = /^\d{4}\/\d{2}\/\d{2}\/(?:[\w-]+)?\[(?:\$LATEST|\d+)\][0-9a-f]{32}$/;

/** `ddsource` of logs that no container wrote, as Datadog's own forwarder derives it from the names of group and stream. */
export function defaultSource(logGroup: string, logStream: string): string {
  const group = logGroup.toLowerCase();
  if (logStream.includes('_CloudTrail_')) {
    return 'cloudtrail';
  }
  if (group.startsWith('/aws/kinesis')) {
    return 'kinesis';
  }
  if (group.startsWith('/aws/lambda') || LAMBDA_STREAM.test(logStream)) {
    return 'lambda';
  }
  if (group.startsWith('sns/')) {
    return 'sns';
  }
  return group.includes('cloudtrail') ? 'cloudtrail' : 'cloudwatch';
}

/** The name of the Lambda function that wrote the logs, where group or stream tell it. */
export function lambdaFunctionName(logGroup: string, logStream: string): string | undefined {
  if (logGroup.toLowerCase().startsWith('/aws/lambda/')) {
    return logGroup.split('/')[3];
  }
  return LAMBDA_STREAM.test(logStream) ? /^[\d/]+\/([\w-]+)\[/.exec(logStream)?.[1] : undefined;
}
