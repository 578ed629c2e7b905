// SPDX-License-Identifier: Apache-2.0

/** A mark by which the handler knows its objects again: `lambda/datadog-resource/ownership.ts` writes them. */
const MARK = /^cloudformation_(resource|request|replaces):[a-z0-9_./-]+$/i;

/** Tags without marks: with those of another resource, an exported object would be found, and deleted, in its place. */
export function tagsWithoutMarks(tags: string[]): string[] {
  return tags.filter((tag) => !MARK.test(tag));
}

/** A message without marks, which are its last line. Nothing, where nothing else was in it. */
export function messageWithoutMarks(message: string): string | undefined {
  const lines = message.split('\n');
  const isMarks = lines[lines.length - 1].trim().split(/\s+/).every((word) => MARK.test(word));
  return isMarks ? lines.slice(0, -1).join('\n').trimEnd() || undefined : message;
}
