// SPDX-License-Identifier: Apache-2.0

const FIRST_LOG = '"logEvents":[';
/** Where one log ends and the next one begins, or something inside of extracted fields. It cannot be inside of a string, whose quotes have a backslash. */
const NEXT_LOG = '"},{"id":"';
const END = ']}';

/** About as much is parsed at once. */
const PIECE_BYTES = 64 * 1024;

/**
 * What `JSON.parse` makes of a subscription event, but in pieces where it is written as CloudWatch does. A text of the whole event would be one more copy
 * of it, and all of it in two bytes a character for the sake of one emoji: that takes more memory, and more time.
 */
export function parseEvent(json: Buffer): unknown {
  return parseInPieces(json) ?? JSON.parse(json.toString('utf8'));
}

/** `undefined` for what is written otherwise, or is no JSON. Pieces that are arrays, each for itself, are one together. */
function parseInPieces(json: Buffer): unknown {
  const start = json.indexOf(FIRST_LOG) + FIRST_LOG.length;
  const end = json.length - END.length;
  if (start < FIRST_LOG.length || start > end || json.toString('latin1', end) !== END) {
    return undefined;
  }
  try {
    const event = JSON.parse(json.toString('utf8', 0, start) + END);
    // There are stranger names that end like this one.
    return Array.isArray(event.logEvents) ? { ...event, logEvents: parseLogs(json.subarray(start, end)) } : undefined;
  } catch {
    return undefined;
  }
}

function parseLogs(json: Buffer): unknown[] {
  const logs: unknown[] = [];
  for (let at = 0; at < json.length;) {
    const last = json.indexOf(NEXT_LOG, at + PIECE_BYTES);
    const end = last < 0 ? json.length : last + '"}'.length;
    for (const log of JSON.parse(`[${json.toString('utf8', at, end)}]`)) {
      logs.push(log);
    }
    at = end + ','.length;
  }
  return logs;
}
