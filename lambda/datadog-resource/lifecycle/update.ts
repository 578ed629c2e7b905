// SPDX-License-Identifier: Apache-2.0
import { adoptObject } from './adopt';
import { Creation } from './creation';
import { DatadogObjects } from './datadog-objects';
import { readDefinition, readProperties, ResourceProperties } from '../cloudformation/resource-properties';
import { ResourceRequest } from '../cloudformation/resource-request';
import { DatadogApi } from '../datadog/datadog-api';
import { Json } from '../json';
import { idOf, Kind } from '../kinds/kind';
import { Ownership, replacedId } from '../ownership';

/**
 * Changes an object in place, or makes another one where Datadog cannot change it or has it no more. Told another id, CloudFormation deletes the old one
 * when all of the stack's update has succeeded.
 */
export async function updateResource(request: ResourceRequest, api: DatadogApi, ownership: Ownership): Promise<{ kind: Kind; object: Json }> {
  const properties = readProperties(request.properties);
  const objects = new DatadogObjects(api, properties.kind);
  return { kind: properties.kind, object: await new Update(request, properties, objects, ownership).run() };
}

class Update {
  /** The id that CloudFormation has, if it is one of Datadog's for this kind. */
  private readonly heldId?: string;

  constructor(
    private readonly request: ResourceRequest,
    private readonly wanted: ResourceProperties,
    private readonly objects: DatadogObjects,
    private readonly ownership: Ownership,
  ) {
    const { physicalResourceId, oldProperties } = request;
    const isOfKind = oldProperties.Kind === undefined || oldProperties.Kind === wanted.kind.name;
    this.heldId = isOfKind && wanted.kind.idForm.test(physicalResourceId) ? physicalResourceId : undefined;
  }

  async run(): Promise<Json> {
    const { kind, definition, adoptId } = this.wanted;
    const { physicalResourceId, oldProperties } = this.request;
    await this.deleteForgotten();
    // One that was adopted once may have been replaced since: then its id says nothing any more.
    if (adoptId !== undefined && adoptId !== oldProperties.AdoptId && adoptId !== physicalResourceId) {
      return adoptObject(this.objects, adoptId, definition);
    }
    const current = this.heldId === undefined ? undefined : await this.objects.read(this.heldId);
    if (!current) {
      return this.create();
    }
    const isAdoptedNoLonger = adoptId === undefined && oldProperties.AdoptId === physicalResourceId;
    if (kind.mustReplace(current, definition) || isAdoptedNoLonger) {
      const predecessor = await this.predecessorOf(current, isAdoptedNoLonger);
      if (predecessor) {
        await this.objects.validate(definition, idOf(predecessor));
        return await this.change(predecessor) ?? this.create();
      }
    }
    if (kind.mustReplace(current, definition)) {
      return this.create();
    }
    await this.objects.validate(definition, idOf(current));
    return await this.change(current) ?? this.create();
  }

  private async create(): Promise<Json> {
    return new Creation(this.objects, this.ownership).run(this.wanted.definition, this.wanted.keepsOnDelete, this.heldId);
  }

  /**
   * Deletes what an earlier request made instead of the object that CloudFormation still has. That request failed, its answer lost for good, and no other
   * request will ever name what it made.
   */
  private async deleteForgotten(): Promise<void> {
    const { heldId, objects, ownership } = this;
    for (const object of heldId === undefined ? [] : await objects.marked(ownership.resourceMark)) {
      const marks = objects.kind.marksOf(object);
      if (replacedId(marks) === heldId?.toLowerCase() && !marks.includes(ownership.requestMark)) {
        await objects.delete(idOf(object));
      }
    }
  }

  private async change(current: Json): Promise<Json | undefined> {
    const { kind, definition, adoptId, keepsOnDelete } = this.wanted;
    if (kind.isOver?.(current, definition)) {
      return current;
    }
    const marks = adoptId === idOf(current) ? [] : this.ownership.marksAfter(kind.marksOf(current), keepsOnDelete);
    return this.objects.update(current, kind.mark(definition, marks), readDefinition(this.request.oldProperties));
  }

  /**
   * What this object was made or adopted instead of, if it is still there: a stack that rolls back asks for the old definition of the new object, and
   * CloudFormation deletes the one that was replaced at the very end only.
   */
  private async predecessorOf(current: Json, wasAdopted: boolean): Promise<Json | undefined> {
    const { kind, definition, adoptId } = this.wanted;
    const replaced = replacedId(kind.marksOf(current));
    const [predecessor] = wasAdopted
      ? await this.objects.marked(this.ownership.resourceMark)
      : [replaced === undefined ? undefined : await this.objects.read(replaced)];
    const isOurs = predecessor && (idOf(predecessor) === adoptId || this.ownership.mayBeOurs(kind.marksOf(predecessor)));
    return isOurs && !kind.mustReplace(predecessor, definition) ? predecessor : undefined;
  }
}
