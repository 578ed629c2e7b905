// SPDX-License-Identifier: Apache-2.0
import { DatadogObjects } from './datadog-objects';
import { ExplainedError } from '../explained-error';
import { Json } from '../json';

/**
 * Takes an existing object over. It gets no marks of an owner: a mark makes an object findable for a delete request that knows no id, and this one was there
 * before its resource.
 */
export async function adoptObject(objects: DatadogObjects, id: string, definition: Json): Promise<Json> {
  const { name, idForm } = objects.kind;
  const existing = idForm.test(id) ? await objects.read(id) : undefined;
  if (!existing) {
    throw new ExplainedError(`'AdoptId' must be the id of an existing ${name}, got: '${id.slice(0, 100)}'`);
  }
  if (objects.kind.mustReplace(existing, definition)) {
    throw new ExplainedError(`'AdoptId' is of a ${name} of the type '${String(existing.type)}', which Datadog cannot change to '${String(definition.type)}'`);
  }
  await objects.validate(definition, id);
  const adopted = await objects.update(existing, definition, undefined);
  if (!adopted) {
    throw new ExplainedError(`The ${name} '${id}' was deleted while it was taken over`);
  }
  return adopted;
}
