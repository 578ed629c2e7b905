// SPDX-License-Identifier: Apache-2.0

/**
 * A copy of plain data with keys sorted at every depth, by code unit and so alike in every locale, and without undefined values: a map that came from
 * another language has no order of its own.
 * What is of a class, such as a token, stays the same.
 */
export function sortedData<T>(value: T): T {
  if (Array.isArray(value)) {
    return value.map(sortedData) as T;
  }
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) {
    return value;
  }
  const record = value as { readonly [key: string]: unknown };
  const keys = Object.keys(record).filter((key) => record[key] !== undefined).sort();
  return Object.fromEntries(keys.map((key) => [key, sortedData(record[key])])) as T;
}
