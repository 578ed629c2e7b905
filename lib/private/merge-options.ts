// SPDX-License-Identifier: Apache-2.0
import { isDeepStrictEqual } from 'util';

type Options = { readonly [key: string]: unknown };

/**
 * What two calls say of one thing, together. What was said first stays.
 *
 * @param onConflict told of every property that both give differently
 */
export function mergeOptions<T extends object>(first: T, second: T, onConflict: (property: string) => void): T {
  return merge(first as Options, second as Options, onConflict, '') as T;
}

/** Keeps what was said first without a word. */
export const FIRST_WINS = (): void => undefined;

function merge(first: Options, second: Options, onConflict: (property: string) => void, prefix: string): Options {
  const merged: { [key: string]: unknown } = { ...first };
  for (const [key, value] of Object.entries(second)) {
    const existing = merged[key];
    if (existing === undefined) {
      merged[key] = value;
    } else if (isOptions(existing) && isOptions(value)) {
      merged[key] = merge(existing, value, onConflict, `${prefix}${key}.`);
    } else if (value !== undefined && !isDeepStrictEqual(value, existing)) {
      onConflict(`${prefix}${key}`);
    }
  }
  return merged;
}

function isOptions(value: unknown): value is Options {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
