// SPDX-License-Identifier: Apache-2.0
import { endsWithin } from './time-limit';
import { readCodeFile } from '../code-file';

export interface PatternDefinition {
  /** A regular expression of JavaScript. */
  readonly pattern: string;
  readonly ignoreCase?: boolean;
}

export interface ScrubbingDefinition extends PatternDefinition {
  /** `$1` stands for the first group, as in JavaScript. */
  readonly replacement: string;
}

/** What `message-rules.json` holds. */
export interface MessageRuleDefinitions {
  /** Where there are some, only messages that match one of them are sent. */
  readonly include?: readonly PatternDefinition[];
  /** Messages that match one of them are not sent. */
  readonly exclude?: readonly PatternDefinition[];
  /** Applied in this order. */
  readonly scrub?: readonly ScrubbingDefinition[];
}

/** A message as it came, which filters look at, and what is left of it to be sent, which is scrubbed: its tags are taken out before. */
export interface RuledText {
  readonly message: string;
  readonly text: string;
}

export interface RuledTexts {
  /** What to send; `undefined` for what is filtered out. */
  readonly texts: readonly (string | undefined)[];
  /** Texts that were replaced as a whole, since a scrubbing rule failed on them. */
  readonly failures: number;
}

/** One message may take this long: a thousand times what a reasonable expression needs, pauses of the processor included. */
const MESSAGE_LIMIT_MS = 100;

/** The user's filters and scrubbing rules. Each message is looked at on its own. */
export class MessageRules {
  /** Whether texts may come out changed. */
  readonly scrubs: boolean;
  private readonly include: RegExp[];
  private readonly exclude: RegExp[];
  private readonly scrub: { readonly pattern: RegExp; readonly replacement: string }[];
  /** What is at work, for when it does not end: 0 for the filters, else the number of the scrubbing rule. */
  private atWork = 0;

  constructor({ include = [], exclude = [], scrub = [] }: MessageRuleDefinitions) {
    this.include = include.map((definition) => compile(definition));
    this.exclude = exclude.map((definition) => compile(definition));
    this.scrub = scrub.map((rule) => ({ pattern: compile(rule, 'g'), replacement: rule.replacement }));
    this.scrubs = scrub.length > 0;
  }

  /**
   * Filters and scrubs. A filter that does not come to an end keeps its message; where a scrubbing rule does
   * not, the text is replaced: unscrubbed it must not go out, and CloudWatch still has it. So it is, too, for what remains when all time is used up.
   */
  apply(texts: readonly RuledText[], totalLimitMs: number): RuledTexts {
    const results: (string | undefined)[] = [];
    let failures = 0;
    const end = performance.now() + totalLimitMs;
    let unfiltered = -1;
    while (results.length < texts.length) {
      const at = results.length;
      const limit = Math.min(MESSAGE_LIMIT_MS, end - performance.now());
      const isDone = limit > 0 && endsWithin(limit, () => {
        while (results.length < texts.length) {
          const next = texts[results.length];
          results.push(results.length === unfiltered || this.keeps(next.message) ? this.scrubbed(next.text) : undefined);
        }
      });
      // The limit is one message's: one run gets through thousands of them, and a run that got on begins anew where it was.
      if (isDone || results.length > at) {
        continue;
      }
      if (limit > 0 && this.atWork === 0) {
        unfiltered = at;
      } else if (this.scrubs) {
        failures++;
        results.push(`[text removed: ${limit > 0 ? `scrubbing rule ${this.atWork}` : 'scrubbing'} took too long]`);
      } else {
        results.push(texts[at].text);
      }
    }
    return { texts: results, failures };
  }

  private keeps(message: string): boolean {
    this.atWork = 0;
    return (this.include.length === 0 || this.include.some((pattern) => pattern.test(message)))
      && !this.exclude.some((pattern) => pattern.test(message));
  }

  private scrubbed(text: string): string {
    return this.scrub.reduce((scrubbed, { pattern, replacement }, index) => {
      this.atWork = index + 1;
      return scrubbed.replace(pattern, replacement);
    }, text);
  }
}

/** The rules that lie beside the handler's code, if any. */
export function readMessageRules(directory: string): MessageRules | undefined {
  const definitions = readCodeFile(directory, 'message-rules.json') as MessageRuleDefinitions | undefined;
  return definitions && new MessageRules(definitions);
}

function compile({ pattern, ignoreCase }: PatternDefinition, flags = ''): RegExp {
  try {
    return new RegExp(pattern, flags + (ignoreCase ? 'i' : ''));
  } catch {
    throw new Error(`message-rules.json holds no regular expression of Node.js ${process.versions.node}: ${pattern}`);
  }
}
