// SPDX-License-Identifier: Apache-2.0
import { skipSpace, skipString, skipValue } from './json-text';
import { isErrorName, isErrorSeverity, isLevelKey } from './level-name';

const QUOTE = 0x22;
const COMMA = 0x2c;

/** `"informational"`; whatever is longer is no level. */
const LONGEST_VALUE = 15;

/**
 * Whether the first level among an object's own members is an error's. What is inside of its members tells of something else: of a step, of a request
 * that was answered. The object is not parsed; an unfinished one counts as far as it goes.
 */
export function isErrorObject(text: string): boolean {
  let at = skipSpace(text, text.indexOf('{') + 1);
  while (text.charCodeAt(at) === QUOTE) {
    const keyEnd = skipString(text, at);
    const value = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const valueEnd = skipValue(text, value);
    const key = text.slice(at + 1, keyEnd - 1);
    const isError = valueEnd - value <= LONGEST_VALUE && isLevelKey(key) ? isErrorValue(key, text.slice(value, valueEnd)) : undefined;
    if (isError !== undefined) {
      return isError;
    }
    at = skipSpace(text, valueEnd);
    if (text.charCodeAt(at) !== COMMA) {
      return false;
    }
    at = skipSpace(text, at + 1);
  }
  return false;
}

/** `undefined` for what is no level, such as the status of an answer. */
function isErrorValue(key: string, value: string): boolean | undefined {
  if (value.startsWith('"')) {
    return isErrorName(value.slice(1, -1).trim());
  }
  if (!/^\d{1,2}$/.test(value)) {
    return undefined;
  }
  const number = Number(value);
  if (key.toLowerCase().endsWith('severity')) {
    return number <= 7 ? isErrorSeverity(number) : undefined;
  }
  // Those of pino and bunyan, from 10 to 60. Smaller numbers mean opposite things: an emergency to GELF, the usual case to logr.
  return key.toLowerCase() === 'level' && number >= 10 ? number >= 50 : undefined;
}
