// SPDX-License-Identifier: Apache-2.0
import { ApiJson } from './resource-description';

/** What a property of ours says, and its name. */
export interface OwnField {
  readonly property: string;
  readonly value: unknown;
}

/**
 * Fields that properties of ours say, by the API's names, with those that the user gives in the API's own form.
 *
 * @param own what is undefined says nothing
 * @param givenIn the property that holds the user's fields
 * @throws if both say the same field
 */
export function mergeApiJson(own: { readonly [field: string]: OwnField }, givenIn: string, given: ApiJson = {}): ApiJson {
  const said = Object.entries(own).filter(([, { value }]) => value !== undefined);
  const twice = said.find(([field]) => field in given);
  if (twice) {
    const [field, { property }] = twice;
    throw new Error(`'${givenIn}.${field}' must not be given beside '${property}', since both say the same`);
  }
  return { ...Object.fromEntries(said.map(([field, { value }]) => [field, value])), ...given };
}
