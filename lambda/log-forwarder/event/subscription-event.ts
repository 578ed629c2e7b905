// SPDX-License-Identifier: Apache-2.0
import type { CloudWatchLogsEvent } from 'aws-lambda';
import { parseEvent } from './event-json';
import { gunzip } from '../compression/gzip';
import { release } from '../compression/memory';

/** One log as CloudWatch hands it over. */
export interface LogEvent {
  readonly id?: string;
  readonly timestamp?: number;
  readonly message: string;
  /** Present when the subscription's filter pattern extracts fields. */
  readonly extractedFields?: { readonly [name: string]: unknown };
}

/** The logs of one stream of one group. */
export interface LogsOfOneStream {
  readonly owner: string;
  readonly logGroup: string;
  readonly logStream: string;
  readonly subscriptionFilters: readonly string[];
  readonly logEvents: readonly LogEvent[];
}

/**
 * Decodes what a subscription delivers; `undefined` for a control message, by which CloudWatch only asks whether anybody listens.
 * Whatever is not understood throws, so that Lambda repeats and keeps it. No error quotes the text: it may be a log, and
 * Lambda prints errors. That is why the causes are not passed on: `JSON.parse` quotes its input.
 */
export function decodeSubscriptionEvent(event: CloudWatchLogsEvent): LogsOfOneStream | undefined {
  const data: unknown = event?.awslogs?.data;
  if (typeof data !== 'string') {
    throw new Error('The event is not one of a CloudWatch Logs subscription: it has no awslogs.data');
  }
  return decodeSubscriptionData(data);
}

/** Decodes the gzip in base64 that an event, or a record of a Kinesis data stream, holds. */
export function decodeSubscriptionData(data: string): LogsOfOneStream | undefined {
  const decoded = parse(unzip(data));
  if (decoded?.messageType === 'CONTROL_MESSAGE') {
    return undefined;
  }
  if (!isDataMessage(decoded)) {
    throw new Error('The subscription event holds neither logs nor a control message');
  }
  return decoded;
}

function unzip(data: string): Buffer {
  const zipped = Buffer.from(data, 'base64');
  try {
    return gunzip(zipped);
  } catch {
    throw new Error('The subscription event is corrupt: its data is not gzip in base64');
  } finally {
    release(zipped);
  }
}

function parse(json: Buffer): { messageType?: unknown } | null {
  try {
    return parseEvent(json) as { messageType?: unknown } | null;
  } catch {
    throw new Error('The subscription event is corrupt: its data does not hold JSON');
  } finally {
    release(json);
  }
}

function isDataMessage(decoded: unknown): decoded is LogsOfOneStream {
  const message = decoded as (LogsOfOneStream & { messageType?: unknown }) | null;
  return message?.messageType === 'DATA_MESSAGE'
    && typeof message.owner === 'string'
    && typeof message.logGroup === 'string'
    && typeof message.logStream === 'string'
    && (message.subscriptionFilters === undefined || Array.isArray(message.subscriptionFilters))
    && Array.isArray(message.logEvents)
    && message.logEvents.every((log) => typeof log?.message === 'string');
}
