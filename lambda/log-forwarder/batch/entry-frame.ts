// SPDX-License-Identifier: Apache-2.0
import { LogEvent, LogsOfOneStream } from '../event/subscription-event';
import { lambdaFunctionName } from '../identity/default-source';
import { FunctionIdentity } from '../identity/function-identity';
import { LogIdentity } from '../identity/stream-identity';

/** What comes behind a log's message: the same bytes for every log of a stream that says nothing of its own. */
export interface EntryTail {
  readonly bytes: Buffer;
  readonly service: string;
}

/** What comes before a log's message, up to the colon. */
export function entryHead(log: LogEvent, withExtractedFields = true): string {
  const id = log.id === undefined ? '' : `"id":${JSON.stringify(log.id)},`;
  const timestamp = log.timestamp === undefined ? '' : `"timestamp":${JSON.stringify(log.timestamp)},`;
  const fields = withExtractedFields && log.extractedFields ? `"extractedFields":${JSON.stringify(log.extractedFields)},` : '';
  return `{${id}${timestamp}${fields}"message":`;
}

/** The members and their names are those of Datadog's own forwarder, so that dashboards and pipelines made for it go on working. */
export function entryTail(logs: LogsOfOneStream, identity: LogIdentity, self: FunctionIdentity): EntryTail {
  const { logGroup, logStream, owner } = logs;
  const lambda = identity.source === 'lambda' ? lambdaFunctionName(logGroup, logStream) : undefined;
  const members = {
    aws: { awslogs: { logGroup, logStream, owner }, function_version: self.version, invoked_function_arn: self.arn },
    lambda: lambda ? { arn: `arn:${self.partition}:lambda:${self.region}:${owner}:function:${lambda}`.toLowerCase() } : undefined,
    ddsourcecategory: 'aws',
    ddtags: identity.ddtags,
    ddsource: identity.source,
    host: logGroup,
    service: identity.service,
  };
  // Without the opening brace: the message comes before it.
  return { bytes: Buffer.from(`,${JSON.stringify(members).slice(1)}`), service: identity.service };
}
