// SPDX-License-Identifier: Apache-2.0

/*
 * Walking through the text of a JSON object without parsing it. In text that is no JSON, or ends early, the answers mean nothing, but every
 * walk goes forward and ends.
 */
const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

export function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) {
    at++;
  }
  return at;
}

/** From an opening quote to behind the closing one. */
export function skipString(text: string, from: number): number {
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) {
      return text.length;
    }
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) {
      backslashes++;
    }
    at = quote + 1;
    if (backslashes % 2 === 0) {
      return at;
    }
  }
}

/** From the first character of a value to behind the last one. */
export function skipValue(text: string, from: number): number {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = skipString(text, at);
    } else {
      if (code === OPEN_BRACE || code === OPEN_BRACKET) {
        depth++;
      } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
        depth--;
      }
      at++;
    }
    if (depth <= 0 && endsValue(text.charCodeAt(at))) {
      return at;
    }
  }
  return text.length;
}

function endsValue(code: number): boolean {
  return code === COMMA || code === CLOSE_BRACE || code === CLOSE_BRACKET || isSpace(code);
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
