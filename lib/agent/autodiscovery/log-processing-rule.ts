// SPDX-License-Identifier: Apache-2.0

/** What the Agent does with lines that a rule matches, https://docs.datadoghq.com/agent/logs/advanced_log_collection/. */
export enum LogProcessingRuleType {
  /** A line that matches begins a new log; others are joined to the one before. */
  MULTI_LINE = 'multi_line',

  /** Lines that match are dropped. */
  EXCLUDE_AT_MATCH = 'exclude_at_match',

  /** Only lines that match are sent. */
  INCLUDE_AT_MATCH = 'include_at_match',

  /** What matches is replaced by a placeholder. */
  MASK_SEQUENCES = 'mask_sequences',
}

/** How the Agent treats lines before it sends them. */
export interface LogProcessingRule {
  /** What is done. */
  readonly type: LogProcessingRuleType;

  /** The rule's name, for people. */
  readonly name: string;

  /** A regular expression in Go's syntax. */
  readonly pattern: string;

  /**
   * What replaces a masked sequence.
   *
   * @default - required with `MASK_SEQUENCES`, without meaning otherwise
   */
  readonly replacePlaceholder?: string;
}

/** The rule as the Agent reads it. */
export function renderLogProcessingRule(rule: LogProcessingRule): object {
  if ((rule.type === LogProcessingRuleType.MASK_SEQUENCES) !== (rule.replacePlaceholder !== undefined)) {
    throw new Error(`'replacePlaceholder' must be given with MASK_SEQUENCES and only there, got: '${rule.replacePlaceholder}' with '${rule.type}'`);
  }
  return {
    type: rule.type,
    name: rule.name,
    pattern: rule.pattern,
    ...(rule.replacePlaceholder === undefined ? {} : { replace_placeholder: rule.replacePlaceholder }),
  };
}
