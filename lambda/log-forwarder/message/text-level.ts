// SPDX-License-Identifier: Apache-2.0
import { isErrorName, isErrorSeverity, isLevelKey } from './level-name';

/** Where a level may be; a line of logfmt may begin with other pairs. */
const HEAD_LENGTH = 512;

const COLOURS = /\x1b\[[\d;]*m/g;

/** What begins a line and is a level alone: syslog's priority, klog's `E0123 `, the letter of Ruby's logger, logrus' `ERRO[0001]`. */
const START = /^(?:<(\d{1,3})>|([EFWID])\d{4} \d\d:|([EFWIDA]), \[|(ERRO|FATA|PANI|WARN|INFO|DEBU|TRAC)\[)/;

const GAP = /[\s|:;,>-]*/y;
const PAIR = /([\w.@-]+)=("(?:[^"\\]|\\.)*"?|[^\s,;|]*)/y;
const WORD = /[^\s[\](){}<>|:;,"]+/y;
/** PHP's, Go's and that of many a C program. */
const PHRASE = /(?:fatal|parse) error:/iy;
const STRONG_END = /[:\t]|[ ]*(?:\||--? )/y;

const BRACKETS: { readonly [open: string]: string } = { '[': ']', '(': ')', '<': '>', '{': '}' };

const DAY_OR_MONTH = '(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const CALENDAR = new RegExp(`^(?:${DAY_OR_MONTH}|[ap]m|utc|gmt|[cemp][ds]t|cest|cet)$`, 'i');
/** Names of programs and loggers: with a digit, or a sign inside of the word. */
const NAME = /\d|[./_#@\\][^.]|^(?:root|npm|PHP)$/;
/** The selector of a classic syslog daemon. */
const SELECTOR = /^(?:kern|user|mail|daemon|auth|authpriv|syslog|lpr|news|uucp|cron|ftp|local[0-7])\.([a-z]+)$/;
const CHANNEL = /^[\w-]+\.([A-Z]+)$/;

/** Words without a meaning that may stand between the time and the level: a host and a program. */
const MAX_PLAIN_WORDS = 2;

/**
 * Whether the level of a line of text is an error's. A level stands at the beginning, or after what libraries write before it: time, process, thread,
 * names. The first one decides, and at the first words of a sentence the search is over: what they say of errors is the message.
 */
export function isErrorText(text: string): boolean {
  let head = text.length > HEAD_LENGTH ? text.slice(0, HEAD_LENGTH) : text;
  head = head.includes('\x1b') ? head.replace(COLOURS, '') : head;
  const start = START.exec(head);
  if (start) {
    const [, priority, klog, ruby, logrus] = start;
    return priority ? isErrorSeverity(Number(priority) % 8) : 'EF'.includes(klog ?? ruby ?? 'I') || isErrorName(logrus ?? '') === true;
  }
  const search = new LevelSearch(head);
  while (search.goOn());
  return search.isError;
}

/** Goes through the beginning of a line, one pair, bracket or word at a time. */
class LevelSearch {
  isError = false;
  private at = 0;
  private plainWords = 0;
  private hasTime = false;

  constructor(private readonly head: string) {}

  /** Whether the search has to go on. */
  goOn(): boolean {
    const { head } = this;
    this.at = endOf(GAP, head, this.at);
    const close = BRACKETS[head[this.at]];
    if (close) {
      const end = head.indexOf(close, this.at);
      return end >= 0 && this.passBrackets(end);
    }
    PAIR.lastIndex = this.at;
    const pair = PAIR.exec(head);
    return pair ? this.passPair(pair[1], pair[2]) : this.passWord();
  }

  private passBrackets(end: number): boolean {
    const content = this.head.slice(this.at + 1, end);
    if (this.isOver(isErrorInBrackets(content))) {
      return false;
    }
    // `host program[123]:` is a name, whatever its words are.
    this.plainWords = /\w/.test(this.head[this.at - 1] ?? '') ? 0 : this.plainWords;
    this.hasTime ||= /\d/.test(content);
    this.at = end + 1;
    return true;
  }

  private passPair(key: string, value: string): boolean {
    if (isLevelKey(key) && this.isOver(isErrorName(value.replace(/^"|"$/g, '')))) {
      return false;
    }
    this.hasTime = true;
    this.at = PAIR.lastIndex;
    return true;
  }

  private passWord(): boolean {
    const end = endOf(WORD, this.head, this.at);
    const word = this.head.slice(this.at, end);
    if (word === '' || this.isOver(this.isErrorWord(word, end))) {
      return false;
    }
    this.at = end;
    if (NAME.test(word)) {
      this.hasTime ||= /\d/.test(word);
      return true;
    }
    if (CALENDAR.test(word)) {
      return true;
    }
    this.plainWords++;
    const isStillBeginning = this.hasTime && this.plainWords <= MAX_PLAIN_WORDS;
    this.plainWords = this.head[end] === ':' ? 0 : this.plainWords;
    return isStillBeginning;
  }

  private isOver(isError: boolean | undefined): boolean {
    this.isError = isError === true;
    return isError !== undefined;
  }

  private isErrorWord(word: string, end: number): boolean | undefined {
    const { head, at, plainWords } = this;
    const hasColon = head[end] === ':';
    if ((plainWords === 0 && endOf(PHRASE, head, at) > at) || (at === 0 && word === 'fail' && hasColon)) {
      return true;
    }
    const name = word.endsWith('!') ? word.slice(0, -1) : word;
    const isError = isErrorName(name);
    if (isError === undefined) {
      return isErrorName(SELECTOR.exec(word)?.[1] ?? (hasColon ? CHANNEL.exec(word)?.[1] ?? '' : ''));
    }
    const isMarked = endOf(STRONG_END, head, end) > end;
    const isInCapitals = name === name.toUpperCase();
    return (plainWords === 0 && isInCapitals) || (plainWords <= 1 && isMarked) ? isError : undefined;
  }
}

/** `[error]`, `[core:error]`, and a time with a level behind it. */
function isErrorInBrackets(content: string): boolean | undefined {
  const name = content.trim();
  const alone = isErrorName(/^[\w.-]+:(\w+)$/.exec(name)?.[1] ?? name);
  if (alone !== undefined || !/^\d/.test(name)) {
    return alone;
  }
  for (const [, word] of name.matchAll(/[\s:|]([A-Z]{3,13})(?=$|[\s/|:])/g)) {
    const isError = isErrorName(word);
    if (isError !== undefined) {
      return isError;
    }
  }
  return undefined;
}

/** Where a sticky expression that begins here ends; here, if it does not match. */
function endOf(expression: RegExp, text: string, at: number): number {
  expression.lastIndex = at;
  return expression.test(text) ? expression.lastIndex : at;
}
