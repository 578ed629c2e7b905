// SPDX-License-Identifier: Apache-2.0
import { gzipSync } from 'node:zlib';
import { ServiceInventory, WatchedContainer } from './service-inventory';

/** One subscription event, and what it should become. */
export interface LogEventCase {
  readonly serviceId: string;
  readonly container: string;
  /** The texts that should arrive: `ddtags` has become tags, all else is as it was. */
  readonly expected: string[];
  /** The event as CloudWatch Logs hands it to Lambda; without a subscription filter it hands over nothing. */
  readonly event?: { readonly awslogs: { readonly data: string } };
}

/** What real containers write; others get a line of their own. */
const LINES: { readonly [container: string]: string[] } = {
  flask: [
    ' * Running on all addresses (0.0.0.0)',
    '{"level":"info","message":"GET /cart 200","dd.trace_id":"3172564172058669914","dd.span_id":"8457301259801276354","duration_ms":12}',
    '{"level":"error","message":"redis timeout","dd.trace_id":"3172564172058669915","ddtags":"customer:acme"}',
  ],
  redis: ['1:M 25 Nov 2026 10:15:02.123 * Ready to accept connections tcp'],
  QueueProcessingContainer: ['2026-11-25T10:15:03Z INFO picked up order 4711', '2026-11-25T10:15:04Z ERROR order 4712 failed: no such article'],
};

/** A realistic event for every container that writes to CloudWatch. */
export function logEventCases({ services }: ServiceInventory): LogEventCase[] {
  return services.flatMap(({ id, containers }) => containers.filter(({ logGroup }) => logGroup).map((container, index) => {
    const messages = LINES[container.name] ?? [`hello from ${container.name}`];
    return {
      serviceId: id,
      container: container.name,
      expected: messages.map(withoutTags),
      event: container.filterName === undefined ? undefined : subscriptionEvent(container, messages, `0f3b9c7a1e2d4c5b8a9f00112233445${index}`),
    };
  }));
}

function subscriptionEvent({ name, logGroup, streamPrefix, filterName }: WatchedContainer, messages: string[], taskId: string) {
  const text = JSON.stringify({
    messageType: 'DATA_MESSAGE',
    owner: '123456789012',
    logGroup,
    logStream: `${streamPrefix}/${name}/${taskId}`,
    subscriptionFilters: [filterName],
    logEvents: messages.map((message, line) => ({ id: `3999${line}`, timestamp: Date.UTC(2026, 10, 25, 10, 15, line), message })),
  });
  return { awslogs: { data: gzipSync(text).toString('base64') } };
}

function withoutTags(message: string): string {
  return message.replace(/,"ddtags":"[^"]*"/, '');
}
