// SPDX-License-Identifier: Apache-2.0
import { isErrorObject } from './json-level';
import { isErrorText } from './text-level';

/** Whether a log is an error, told from the first level that stands where libraries write the level of a log. Runs for every log. */
export function isErrorLog(text: string): boolean {
  return startsWithBrace(text) ? isErrorObject(text) : isErrorText(text);
}

function startsWithBrace(text: string): boolean {
  let at = 0;
  while (at < text.length && text.charCodeAt(at) <= 32) {
    at++;
  }
  return text.charCodeAt(at) === 123;
}
