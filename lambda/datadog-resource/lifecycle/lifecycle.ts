// SPDX-License-Identifier: Apache-2.0
import { adoptObject } from './adopt';
import { Creation } from './creation';
import { DatadogObjects } from './datadog-objects';
import { deleteResource } from './delete';
import { NOTHING_CREATED, perhapsCreated } from './failed-creation';
import { updateResource } from './update';
import { Outcome } from '../cloudformation/answer';
import { readProperties } from '../cloudformation/resource-properties';
import { ResourceRequest } from '../cloudformation/resource-request';
import { DatadogApi } from '../datadog/datadog-api';
import { ExplainedError } from '../explained-error';
import { Json } from '../json';
import { idOf, Kind } from '../kinds/kind';
import { Ownership } from '../ownership';

/** What CloudFormation is told of a request that succeeded. */
export type Done = Pick<Outcome, 'physicalResourceId' | 'data' | 'note'>;

/** An error after which CloudFormation is to keep another physical id than the one it has. */
export class FailedCreation extends Error {
  constructor(override readonly cause: unknown, readonly physicalResourceId: string) {
    super('creation failed');
  }
}

/** Does what a request asks for. */
export async function serve(request: ResourceRequest, api: DatadogApi, site: string): Promise<Done> {
  const ownership = new Ownership(request);
  switch (request.requestType) {
    case 'Create':
      return createResource(request, api, ownership, site);
    case 'Update': {
      const { kind, object } = await updateResource(request, api, ownership);
      return describe(kind, object, site);
    }
    case 'Delete':
      return deleteResource(request, api, ownership);
    default:
      throw new ExplainedError(`'RequestType' must be 'Create', 'Update' or 'Delete', got: '${request.requestType.slice(0, 100)}'`);
  }
}

async function createResource(request: ResourceRequest, api: DatadogApi, ownership: Ownership, site: string): Promise<Done> {
  let creation: Creation | undefined;
  try {
    const { kind, definition, adoptId, keepsOnDelete } = readProperties(request.properties);
    const objects = new DatadogObjects(api, kind);
    if (adoptId !== undefined) {
      return describe(kind, await adoptObject(objects, adoptId, definition), site);
    }
    creation = new Creation(objects, ownership);
    return describe(kind, await creation.run(definition, keepsOnDelete), site);
  } catch (error) {
    throw new FailedCreation(error, !creation || creation.leftNothing ? NOTHING_CREATED : perhapsCreated(ownership.requestHash));
  }
}

function describe(kind: Kind, object: Json, site: string): Done {
  const id = idOf(object);
  const page = kind.pagePath?.(id);
  return { physicalResourceId: id, data: page === undefined ? { Id: id } : { Id: id, Url: `https://${appHost(site)}${page}` } };
}

/** The older sites have their application at `app.`, the others at the site itself, https://docs.datadoghq.com/getting_started/site/. */
function appHost(site: string): string {
  return site.split('.').length === 2 ? `app.${site}` : site;
}
