// SPDX-License-Identifier: Apache-2.0
import { DatadogObjects } from './datadog-objects';
import { requestOfPerhapsCreated } from './failed-creation';
import { readKeepsOnDelete, readKind } from '../cloudformation/resource-properties';
import { ResourceRequest } from '../cloudformation/resource-request';
import { DatadogApi } from '../datadog/datadog-api';
import { idOf } from '../kinds/kind';
import { Ownership, requestMark } from '../ownership';

/**
 * Deletes an object; one that is not there is deleted. An id that is not Datadog's comes from a create request that failed, or, made up by CloudFormation, from
 * one whose answer never arrived: then what that request may have made is looked for by its mark.
 */
export async function deleteResource(request: ResourceRequest, api: DatadogApi, ownership: Ownership): Promise<void> {
  const { physicalResourceId, properties } = request;
  const objects = new DatadogObjects(api, readKind(properties));
  if (objects.kind.idForm.test(physicalResourceId)) {
    if (!readKeepsOnDelete(properties)) {
      await objects.delete(physicalResourceId);
    }
    return;
  }
  const requestHash = requestOfPerhapsCreated(physicalResourceId);
  const orphans = await objects.marked(requestHash === undefined ? ownership.resourceMark : requestMark(requestHash));
  for (const orphan of orphans) {
    await objects.delete(idOf(orphan));
  }
}
