// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';

/** Throws on a text that says nothing, or is none: callers without a compiler exist, and so does JSON. Tokens pass. */
export function checkText(property: string, value: unknown): void {
  if (!Token.isUnresolved(value) && (typeof value !== 'string' || value.trim() === '')) {
    throw new Error(`'${property}' must be a text that is not empty, got: ${JSON.stringify(value)}`);
  }
}

/** Throws on a tag that holds nothing, or several tags. Tokens pass. */
export function checkTags(property: string, tags: readonly string[] | undefined): void {
  for (const tag of Token.isUnresolved(tags) ? [] : tags ?? []) {
    checkText(property, tag);
    if (!Token.isUnresolved(tag) && tag.includes(',')) {
      throw new Error(`'${property}' must hold one tag in each entry, such as 'team:shop', got: '${tag}'`);
    }
  }
}
