// SPDX-License-Identifier: Apache-2.0

/**
 * What a property of a public CloudFormation type takes: anything, one of some values, or an object (or a list of objects) with these fields, by
 * the API's names.
 */
export type TypeSchema = typeof ANYTHING | readonly string[] | { readonly [field: string]: TypeSchema };

export const ANYTHING = 'anything';

/** Objects of these fields, each of which takes anything. */
export function fields(...names: string[]): { readonly [field: string]: TypeSchema } {
  return Object.fromEntries(names.map((name) => [name, ANYTHING]));
}

/** Names that are not the API's own in PascalCase. */
const NAMES: { readonly [field: string]: string } = { ok: 'OK', synthetics_check_id: 'SyntheticsCheckID' };

/** The type's name of a field of the API. */
export function typeName(field: string): string {
  return NAMES[field] ?? field.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
