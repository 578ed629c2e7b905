// SPDX-License-Identifier: Apache-2.0
import { MessagePattern, messagePattern } from './message-pattern';

/** How a `LogFilter` matches. */
export interface LogFilterOptions {
  /**
   * Whether upper and lower case are the same.
   *
   * @default false
   */
  readonly ignoreCase?: boolean;
}

/**
 * Decides by its message whether a log is sent to Datadog. Filters see the message as it was written, before it is scrubbed.
 *
 * The names are those of the Agent's own rules. What is filtered out is counted by `metricFiltered()`, and stays in its log group.
 *
 * @example
 * new LogForwarder(this, 'Forwarder', {
 *   datadog,
 *   filters: [LogFilter.excludeAtMatch('GET /health '), LogFilter.excludeAtMatch('level=debug', { ignoreCase: true })],
 * });
 *
 * @see https://docs.datadoghq.com/agent/logs/advanced_log_collection/#filter-logs
 */
export class LogFilter {
  /**
   * Only logs whose message matches are sent. Of several such filters one has to match.
   *
   * @param pattern a regular expression of JavaScript; it may match anywhere in the message
   * @throws if the expression is not valid, or known at deployment only
   */
  public static includeAtMatch(pattern: string, options: LogFilterOptions = {}): LogFilter {
    return new LogFilter('include', messagePattern(pattern, options.ignoreCase));
  }

  /**
   * Logs whose message matches are not sent, even if another filter includes them.
   *
   * @param pattern a regular expression of JavaScript; it may match anywhere in the message
   * @throws if the expression is not valid, or known at deployment only
   */
  public static excludeAtMatch(pattern: string, options: LogFilterOptions = {}): LogFilter {
    return new LogFilter('exclude', messagePattern(pattern, options.ignoreCase));
  }

  /** @internal */
  public readonly _decision: 'include' | 'exclude';

  /** @internal */
  public readonly _pattern: MessagePattern;

  private constructor(decision: 'include' | 'exclude', pattern: MessagePattern) {
    this._decision = decision;
    this._pattern = pattern;
  }
}
