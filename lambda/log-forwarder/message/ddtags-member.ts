// SPDX-License-Identifier: Apache-2.0
import { skipSpace, skipString, skipValue } from './json-text';
import { parseTagList, parseTags, TagLayer } from '../identity/tags';

/** What is longer is no list of tags, and would leave no room for the log. */
const MAX_TAGS_LENGTH = 32 * 1024;

/** A message whose own tags were taken out. */
export interface MessageWithoutTags {
  /** The text without the member; every other byte as it was. */
  readonly text: string;
  readonly tags: TagLayer;
}

/**
 * Takes the top-level `ddtags` out of a JSON message. Datadog lifts the members of a JSON message over those of the log, so a
 * `ddtags` that stayed would replace all of ours. The member is cut out of the text, and the message never written again: `JSON.stringify`
 * would round 64-bit trace ids. Text without such a member, text that is not JSON, and a member that is absurdly long give `undefined`.
 *
 * A value that is neither a string nor an array of strings holds no tags and is cut all the same.
 */
export function takeDdtags(text: string): MessageWithoutTags | undefined {
  if (!text.includes('"ddtags"') || !/^[ \t\r\n]*\{/.test(text)) {
    return undefined;
  }
  let value: unknown;
  try {
    const message = JSON.parse(text);
    if (!Object.hasOwn(message, 'ddtags')) {
      return undefined;
    }
    value = message.ddtags;
  } catch {
    return undefined;
  }
  const cut = cutMember(text, 'ddtags');
  // As it is written: a value that is nested deeply enough cannot be written again.
  return text.length - cut.length > MAX_TAGS_LENGTH ? undefined : { text: cut, tags: tagsOf(value) };
}

function tagsOf(value: unknown): TagLayer {
  if (typeof value === 'string') {
    return parseTagList(value);
  }
  return parseTags(Array.isArray(value) ? value.filter((tag) => typeof tag === 'string') : []);
}

/** Cuts every top-level member of this name, with the comma that it leaves over. The text must be a valid JSON object. */
function cutMember(text: string, name: string): string {
  let kept = '';
  let keptUntil = 0;
  // Where, in `kept`, the comma after the last kept member is: it goes when only cut members follow.
  let lastComma = -1;
  let at = skipSpace(text, text.indexOf('{') + 1);
  while (text[at] !== '}') {
    const start = at;
    const keyEnd = skipString(text, at);
    const valueEnd = skipValue(text, skipSpace(text, skipSpace(text, keyEnd) + 1));
    at = skipSpace(text, valueEnd);
    const hasNext = text[at] === ',';
    if (isKey(text.slice(start + 1, keyEnd - 1), name)) {
      kept += text.slice(keptUntil, start);
      if (!hasNext && lastComma >= 0) {
        kept = kept.slice(0, lastComma) + kept.slice(lastComma + 1);
      }
      keptUntil = hasNext ? at + 1 : valueEnd;
    } else if (hasNext) {
      lastComma = kept.length + at - keptUntil;
    }
    if (hasNext) {
      at = skipSpace(text, at + 1);
    }
  }
  return kept + text.slice(keptUntil);
}

/** A key may be written with escapes; most are not. */
function isKey(raw: string, name: string): boolean {
  return raw === name || (raw.includes('\\') && JSON.parse(`"${raw}"`) === name);
}
