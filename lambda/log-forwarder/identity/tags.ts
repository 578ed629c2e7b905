// SPDX-License-Identifier: Apache-2.0

/** Tags that also are what a log belongs to: each has exactly one value, never two that contradict each other. */
export const UNIFIED_KEYS = ['env', 'service', 'version', 'source'] as const;
export type UnifiedKey = typeof UNIFIED_KEYS[number];
export type UnifiedValues = { [key in UnifiedKey]?: string };

/** Tags of one origin (a message, a container, a group, the forwarder), taken apart. */
export interface TagLayer {
  readonly unified: Readonly<UnifiedValues>;
  /** All other tags, complete (`team:shop`). */
  readonly others: readonly string[];
}

/** A comma or white space inside a value would end the tag in `ddtags`. */
export function tagValue(text: string): string {
  return text.trim().replace(/[\s,]+/g, '_');
}

/** Takes a list such as `env:prod, team:shop` apart. */
export function parseTagList(list: string): TagLayer {
  return parseTags(list.split(','));
}

/** Of two values for one unified key in the same list the first wins, as in Datadog's own forwarder. */
export function parseTags(tags: Iterable<string>): TagLayer {
  const unified: UnifiedValues = {};
  const others: string[] = [];
  for (const tag of tags) {
    const colon = tag.indexOf(':');
    const key = tagValue(colon < 0 ? tag : tag.slice(0, colon));
    const value = colon < 0 ? '' : tagValue(tag.slice(colon + 1));
    const lowerCaseKey = key.toLowerCase();
    if (colon >= 0 && isUnifiedKey(lowerCaseKey)) {
      // `service:` without a value says nothing and must not hide a weaker layer's.
      unified[lowerCaseKey] ??= value || undefined;
    } else if (key) {
      others.push(colon < 0 ? key : `${key}:${value}`);
    }
  }
  return { unified, others };
}

function isUnifiedKey(key: string): key is UnifiedKey {
  return (UNIFIED_KEYS as readonly string[]).includes(key);
}
