// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';

/** What a tag may hold, https://docs.datadoghq.com/getting_started/tagging/#define-tags: upper case is accepted and lowercased there. */
const TAG = /^[a-z][a-z0-9_:./-]{0,199}$/i;

/** Longest tag that Datadog keeps, key and value together. */
const MAX_TAG_LENGTH = 200;

/** Checks `env`, `service` or a tag's key: it stands alone as a tag. Tokens pass. */
export function checkUnifiedTag(property: string, value: string | undefined): void {
  if (value === undefined || Token.isUnresolved(value) || TAG.test(value)) {
    return;
  }
  throw new Error(`'${property}' must start with a letter and hold only letters, digits and _ - : . / (at most 200), got: '${value}'`);
}

/** Checks the value of the tag `key`: a blank or a comma would end it early, anything else odd would become an underscore. */
export function checkTagValue(property: string, key: string, value: string): void {
  if (Token.isUnresolved(value) || Token.isUnresolved(key)) {
    return;
  }
  if (!/^[\p{L}\p{N}_:./-]+$/u.test(value) || key.length + 1 + value.length > MAX_TAG_LENGTH) {
    throw new Error(`'${property}' must hold only letters, digits and _ - : . / (the whole tag at most 200), got: '${value}'`);
  }
}

/**
 * The nearest valid tag value to a name that was made for something else, such as a task definition's family. What cannot start a tag is
 * kept behind a prefix, so that `1-web` and `2-web` stay two services.
 */
export function toTagValue(name: string): string {
  if (Token.isUnresolved(name)) {
    return name;
  }
  const allowed = name.replace(/[^A-Za-z0-9_:./-]/g, '_');
  return (/^[A-Za-z]/.test(allowed) ? allowed : `ecs-${allowed}`).slice(0, MAX_TAG_LENGTH);
}
