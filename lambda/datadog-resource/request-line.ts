// SPDX-License-Identifier: Apache-2.0
import { Outcome } from './cloudformation/answer';
import { ResourceRequest } from './cloudformation/resource-request';

/** The one line that a request leaves in the log. It has nothing of a definition, and no text of Datadog, which quotes definitions. */
export function requestLine(request: ResourceRequest, outcome: Outcome, milliseconds: number, failure?: string): string {
  return `${JSON.stringify({
    status: outcome.status,
    requestType: request.requestType,
    kind: request.properties.Kind,
    logicalResourceId: request.logicalResourceId,
    physicalResourceId: outcome.physicalResourceId,
    requestId: request.requestId,
    milliseconds: Math.round(milliseconds),
    failure,
    note: outcome.note,
  })}\n`;
}
