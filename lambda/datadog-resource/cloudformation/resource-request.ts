// SPDX-License-Identifier: Apache-2.0
import { isJson, Json } from '../json';

/**
 * What CloudFormation asks for, as far as it can be relied on: a missing text is an empty one.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html
 */
export interface ResourceRequest {
  readonly requestType: string;
  readonly responseUrl: URL;
  readonly stackId: string;
  readonly requestId: string;
  readonly logicalResourceId: string;
  /** Empty in a create request. */
  readonly physicalResourceId: string;
  readonly properties: Json;
  /** Of an update only. */
  readonly oldProperties: Json;
}

/** @throws on an event without a usable `ResponseURL`: there is nobody to answer to */
export function readRequest(event: unknown): ResourceRequest {
  const fields: Json = isJson(event) ? event : {};
  const text = (name: string) => typeof fields[name] === 'string' ? fields[name] : '';
  const object = (name: string) => isJson(fields[name]) ? fields[name] : {};
  const responseUrl = text('ResponseURL');
  if (!/^https?:/i.test(responseUrl) || !URL.canParse(responseUrl)) {
    throw new Error('This is no event of a CloudFormation custom resource: \'ResponseURL\' must be an HTTP address');
  }
  return {
    requestType: text('RequestType'),
    responseUrl: new URL(responseUrl),
    stackId: text('StackId'),
    requestId: text('RequestId'),
    logicalResourceId: text('LogicalResourceId'),
    physicalResourceId: text('PhysicalResourceId'),
    properties: object('ResourceProperties'),
    oldProperties: object('OldResourceProperties'),
  };
}
