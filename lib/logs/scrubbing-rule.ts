// SPDX-License-Identifier: Apache-2.0
import { checkLiteral, MessagePattern, messagePattern } from './message-pattern';

/** The placeholder of custom rules of Datadog's own forwarder, https://docs.datadoghq.com/logs/guide/forwarder/. */
const PLACEHOLDER = 'xxxxx';

/** Like Datadog's own, and IPv6 addresses. One without any digit is no address but a name of a program, such as `Face::add`. */
const IP_ADDRESS = [
  String.raw`(?<!\w|[\da-fA-F]:)(?=[\da-fA-F:]*\d)(?:`,
  String.raw`(?:[\da-fA-F]{1,4}:){7}[\da-fA-F]{1,4}`,
  String.raw`|(?:[\da-fA-F]{1,4}:){1,7}:(?:[\da-fA-F]{1,4}(?::[\da-fA-F]{1,4}){0,5})?`,
  String.raw`|::[\da-fA-F]{1,4}(?::[\da-fA-F]{1,4}){0,6}`,
  // The IPv4 address at the end of `::ffff:10.0.0.1` is taken as one.
  String.raw`)(?!\w|:[\da-fA-F:]|\.\d)`,
  String.raw`|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}`,
].join('');

/**
 * Like Datadog's own, but in any script, and with the lengths that RFC 5321 and 1035 allow: without a limit, the time for a long word without an `@`
 * would grow with its square.
 */
const EMAIL_ADDRESS = String.raw`[\w.+%\u0080-\uffff-]{1,64}@[\w\u0080-\uffff-]{1,63}(?:\.[\w\u0080-\uffff-]{1,63})+`;

/** How a `ScrubbingRule` of your own replaces what it matches. */
export interface ScrubbingPatternOptions {
  /**
   * What stands in the place of each match. `$1` to `$9` are what the groups of the expression matched.
   *
   * @default 'xxxxx'
   */
  readonly replacement?: string;

  /**
   * Whether upper and lower case are the same.
   *
   * @default false
   */
  readonly ignoreCase?: boolean;
}

/**
 * Replaces what must not leave the account, in the message of each log on its own: never in tags, and never across two messages.
 *
 * Rules are applied in the order in which they are given. A log whose rules cannot be applied is not sent as it was: see `metricScrubbingFailures()`.
 *
 * @example
 * new LogForwarder(this, 'Forwarder', {
 *   datadog,
 *   scrubbing: [ScrubbingRule.emailAddresses(), ScrubbingRule.pattern('(card=)\\d{12,19}', { replacement: '$1xxxxx' })],
 * });
 */
export class ScrubbingRule {
  /** IP addresses, version 4 and 6, become `xxx.xxx.xxx.xxx`. A version number of four parts looks like one. */
  public static ipAddresses(): ScrubbingRule {
    return ScrubbingRule.pattern(IP_ADDRESS, { replacement: 'xxx.xxx.xxx.xxx' });
  }

  /** E-mail addresses become `xxxxx@xxxxx.com`. */
  public static emailAddresses(): ScrubbingRule {
    return ScrubbingRule.pattern(EMAIL_ADDRESS, { replacement: 'xxxxx@xxxxx.com' });
  }

  /**
   * Each match of an expression is replaced. An expression that can match the same text in many ways, such as `(a+)+$`, may take very long: the function
   * bounds that while it runs.
   *
   * @param pattern a regular expression of JavaScript
   * @throws if the expression is not valid or matches no text at all, or if it or the replacement is known at deployment only
   */
  public static pattern(pattern: string, options: ScrubbingPatternOptions = {}): ScrubbingRule {
    const { replacement = PLACEHOLDER, ignoreCase } = options;
    checkLiteral('replacement', replacement);
    return new ScrubbingRule(messagePattern(pattern, ignoreCase), replacement);
  }

  /** @internal */
  public readonly _pattern: MessagePattern;

  /** @internal */
  public readonly _replacement: string;

  private constructor(pattern: MessagePattern, replacement: string) {
    if (new RegExp(pattern.pattern).test('')) {
      throw new Error(`'pattern' must match some text, or its replacement stands between all characters, got: '${pattern.pattern}'`);
    }
    this._pattern = pattern;
    this._replacement = replacement;
  }
}
