// SPDX-License-Identifier: Apache-2.0

/** The Agent's marker for a log that was cut. */
export const TRUNCATION_MARKER = '...TRUNCATED...';

/**
 * The longest beginning of `text` that, with the marker, fits into `bytes` once written as a JSON string in UTF-8.
 * Never cuts a character in two.
 */
export function truncate(text: string, bytes: number): string {
  const room = bytes - TRUNCATION_MARKER.length - '""'.length;
  let used = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.codePointAt(at)!;
    used += escapedBytes(code);
    if (used > room) {
      break;
    }
    at += code > 0xffff ? 2 : 1;
  }
  return text.slice(0, at) + TRUNCATION_MARKER;
}

/** What `JSON.stringify` and UTF-8 make of one character. */
function escapedBytes(code: number): number {
  if (code < 0x20) {
    return '\b\t\n\f\r'.includes(String.fromCharCode(code)) ? 2 : 6;
  }
  if (code < 0x80) {
    return code === 0x22 || code === 0x5c ? 2 : 1;
  }
  if (code < 0x800) {
    return 2;
  }
  if (code >= 0xd800 && code <= 0xdfff) {
    return 6; // half a surrogate pair is written as an escape
  }
  return code > 0xffff ? 4 : 3;
}
