// SPDX-License-Identifier: Apache-2.0

/** A copy of plain data, to the last object. What is of a class, such as a construct, belongs to its maker and stays the same. */
export function copyData<T>(value: T): T {
  if (Array.isArray(value)) {
    return value.map(copyData) as T;
  }
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyData(inner)])) as T;
}
