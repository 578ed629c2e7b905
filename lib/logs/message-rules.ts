// SPDX-License-Identifier: Apache-2.0
import { LogFilter } from './log-filter';
import { ScrubbingRule } from './scrubbing-rule';
import { sortedData } from '../private/sorted-data';

/** What the handler does with messages, as `message-rules.json` in its asset; undefined where it sends all of them as they are. */
export function renderMessageRules(filters: LogFilter[] = [], scrubbing: ScrubbingRule[] = []): string | undefined {
  const patterns = (decision: 'include' | 'exclude') => filters.filter(({ _decision }) => _decision === decision).map(({ _pattern }) => _pattern);
  const rules = {
    include: patterns('include'),
    exclude: patterns('exclude'),
    scrub: scrubbing.map(({ _pattern, _replacement }) => ({ ..._pattern, replacement: _replacement })),
  };
  const said = Object.entries(rules).filter(([, list]) => list.length > 0);
  return said.length > 0 ? JSON.stringify(sortedData(Object.fromEntries(said))) : undefined;
}
