// SPDX-License-Identifier: Apache-2.0

/**
 * What the Agent does with the lines that a rule matches.
 *
 * @see https://docs.datadoghq.com/agent/logs/advanced_log_collection/
 */
export enum LogProcessingRuleType {
  /** A matching line starts a new log entry; other lines are appended to the entry before. */
  MULTI_LINE = 'multi_line',

  /** Matching lines are dropped. */
  EXCLUDE_AT_MATCH = 'exclude_at_match',

  /** Only matching lines are sent. */
  INCLUDE_AT_MATCH = 'include_at_match',

  /** The matching part of a line is replaced by a placeholder. */
  MASK_SEQUENCES = 'mask_sequences',
}

/** A rule that the Agent applies to lines before it sends them. */
export interface LogProcessingRule {
  /** What the rule does. */
  readonly type: LogProcessingRuleType;

  /** A descriptive name. */
  readonly name: string;

  /** A regular expression in Go syntax. */
  readonly pattern: string;

  /**
   * The text that replaces a masked sequence. Required with `MASK_SEQUENCES`, and not allowed otherwise.
   *
   * @default - none
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
