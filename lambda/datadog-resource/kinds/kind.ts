// SPDX-License-Identifier: Apache-2.0
import { Json } from '../json';

/** What is particular about one kind of object in Datadog's API. */
export interface Kind {
  /** As the property `Kind` says it. */
  readonly name: string;
  /** Where objects are made and listed; each is at its id below it. */
  readonly path: string;
  readonly updateMethod: 'PUT' | 'PATCH';
  /** What the application key has to be allowed, https://docs.datadoghq.com/account_management/rbac/permissions/. */
  readonly permissions: string;
  /** All ids have this form, and no id that CloudFormation thinks of. */
  readonly idForm: RegExp;

  /** Where a definition is checked without making anything, where the API can. */
  validationPath?(id?: string): string;
  createBody(definition: Json): Json;
  /** @param previous the last definition, where it is known */
  updateBody(definition: Json, current: Json, previous: Json | undefined): Json;
  /** The definition with marks of its owner, wherever this kind has room for them. */
  mark(definition: Json, marks: readonly string[]): Json;

  /** The object in the answer to a create, read or update request. */
  objectIn(answer: Json): Json | undefined;
  marksOf(object: Json): string[];
  /** What can still be read, but is no more. */
  isGone(object: Json): boolean;
  /** Whether the object has had its time, and the definition is of that time as well: there is nothing to change any more. */
  isOver?(current: Json, definition: Json): boolean;
  /** Whether the API cannot make this of the object. */
  mustReplace(current: Json, definition: Json): boolean;

  /** One page of the objects that may have a mark. */
  listPath(mark: string, page: number, offset: number): string;
  /** The page of an object in the browser. */
  pagePath?(id: string): string;
}

/** What unsets the members that were said before and are said no longer: an update request leaves as it is what it does not name. */
export function unsaid(definition: Json, previous: Json | undefined, unsetValues: Json): Json {
  return Object.fromEntries(Object.entries(unsetValues).filter(([name]) => previous && name in previous && !(name in definition)));
}

/** The id of an object, which the API writes as a number or as a text. */
export function idOf({ id }: Json): string {
  return String(id);
}
