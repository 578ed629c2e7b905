// SPDX-License-Identifier: Apache-2.0
import { DatadogObjects } from './datadog-objects';
import { requestOfPerhapsCreated } from './failed-creation';
import type { Done } from './lifecycle';
import { readKeepsOnDelete, readKind } from '../cloudformation/resource-properties';
import { ResourceRequest } from '../cloudformation/resource-request';
import { DatadogApi } from '../datadog/datadog-api';
import { idOf } from '../kinds/kind';
import { Ownership, requestMark } from '../ownership';

/**
 * Deletes an object; one that is not there is deleted. One that another resource has adopted since is not this one's any more. An id that is not Datadog's comes from a create request that failed, or, made up by CloudFormation, from
 * one whose answer never arrived: then what that request may have made is looked for by its mark.
 */
export async function deleteResource(request: ResourceRequest, api: DatadogApi, ownership: Ownership): Promise<Done> {
  const { physicalResourceId, properties } = request;
  const objects = new DatadogObjects(api, readKind(properties));
  if (objects.kind.idForm.test(physicalResourceId)) {
    return { physicalResourceId, note: readKeepsOnDelete(properties) ? undefined : await deleteOwn(objects, request, ownership) };
  }
  const requestHash = requestOfPerhapsCreated(physicalResourceId);
  const orphans = await objects.marked(requestHash === undefined ? ownership.resourceMark : requestMark(requestHash));
  for (const orphan of orphans) {
    await objects.delete(idOf(orphan));
  }
  return { physicalResourceId };
}

/** Returns why it was not deleted, if so. An object that this resource adopted has no marks, and is deleted where the template says that it shall be. */
async function deleteOwn(
  objects: DatadogObjects, { physicalResourceId: id, properties }: ResourceRequest, ownership: Ownership,
): Promise<string | undefined> {
  if (properties.AdoptId !== id) {
    const object = await objects.read(id);
    if (object && !objects.kind.marksOf(object).includes(ownership.resourceMark)) {
      return 'Left in Datadog: it does not have the mark of this resource, so another one has adopted it, or somebody has removed the mark';
    }
  }
  await objects.delete(id);
  return undefined;
}
