// SPDX-License-Identifier: Apache-2.0
import { gzipSync } from 'node:zlib';
import type { CloudWatchLogsEvent, Context } from 'aws-lambda';

export const TASK_ID = '0f3b9c7a1e2d4c5b8a9f001122334455';

/** What CloudWatch packs into an event. */
export function subscriptionEvent(messages: readonly string[], overrides: { [member: string]: unknown } = {}): CloudWatchLogsEvent {
  return encodeEvent({
    messageType: 'DATA_MESSAGE',
    owner: '123456789012',
    logGroup: '/ecs/prod-payments',
    logStream: `payments/app/${TASK_ID}`,
    subscriptionFilters: ['ToDatadog'],
    logEvents: messages.map((message, index) => ({ id: String(39999 + index), timestamp: 1760000000000 + index, message })),
    ...overrides,
  });
}

export function encodeEvent(content: unknown): CloudWatchLogsEvent {
  return { awslogs: { data: gzipSync(typeof content === 'string' ? content : JSON.stringify(content)).toString('base64') } };
}

export function lambdaContext(remainingMs = 20_000, overrides: Partial<Context> = {}): Context {
  const end = Date.now() + remainingMs;
  return {
    functionName: 'DD-Forwarder',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:DD-Forwarder',
    awsRequestId: '6b1e0f8a-0000-4000-8000-000000000001',
    getRemainingTimeInMillis: () => end - Date.now(),
    ...overrides,
  } as Context;
}
