// SPDX-License-Identifier: Apache-2.0

/** JSON whose keys are sorted at every depth, by code unit and so alike in every locale. */
export function toStableJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (isRecord(inner) ? sorted(inner) : inner));
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(record: { readonly [key: string]: unknown }): object {
  return Object.fromEntries(Object.keys(record).sort().map((key) => [key, record[key]]));
}
