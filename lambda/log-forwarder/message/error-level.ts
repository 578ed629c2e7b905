// SPDX-License-Identifier: Apache-2.0

/*
 * Whether a log is an error, told from its text without parsing it: one or two searches, each of them linear in the text.
 *
 * - JSON (the text starts with a brace): any member `level`, `status`, `severity`, `levelname`, `level_name`, `log.level` (also
 *   with an at sign before it) whose value is the name of an error level, or `level` as a number from 50 to 99 (pino, bunyan).
 *   A nested member counts, a quoted one inside a string does not.
 * - logfmt: `level=`, `lvl=`, `severity=` and the like within the first 512 characters decide alone.
 * - Other text: the first level within the first 100 characters decides (`INFO retry after ERROR` is none): a word in capitals,
 *   a name in brackets (`[error]`, `[core:error]`), a name that opens the text and is followed by a colon (`error: …`), klog's `E0123 `.
 */
const ERROR_NAMES = 'error|err|fatal|critical|crit|alert|emerg|emergency|severe|panic';

const JSON_ERROR = new RegExp(
  `"@?(?:level|status|severity|level_?name|log\\.level)"\\s{0,9}:\\s{0,9}"(?:${ERROR_NAMES})"`
  + '|"level"\\s{0,9}:\\s{0,9}[5-9]\\d(?![\\d.])',
  'i',
);

const LOGFMT_LEVEL = new RegExp(
  `(?:^|[\\s,;|])(?:level|lvl|severity|loglevel|log_level|levelname)=["']?(?:(${ERROR_NAMES})|[a-z]+)(?![a-z])`,
  'i',
);

/** Colours come before a word as `ESC[31m`, whose last letter hides the word's beginning. */
const WORD_START = '(?:\\b|\\[[\\d;]{1,9}m)';
const HEAD_LEVEL = new RegExp([
  `${WORD_START}(?:(ERROR|ERR|FATAL|CRITICAL|CRIT|SEVERE|PANIC|ALERT|EMERG|EMERGENCY)`
  + '|TRACE|DEBUG|INFO|INFORMATION|NOTICE|WARN|WARNING)\\b',
  '[[:](?:(error|fatal|critical|crit|alert|emerg|severe)|trace|debug|info|notice|warn|warning)\\]',
  '^(?:\\x1b\\[[\\d;]{1,9}m)?(?:([Ee]rror|[Ff]atal(?: error)?|[Cc]ritical|crit|fail|[Pp]anic|[Ss]evere)'
  + '|[Dd]ebug|[Ii]nfo|[Ww]arn(?:ing)?)(?:\\x1b\\[[\\d;]{1,9}m)?:',
  '^(?:([EF])|[DIW])\\d{4} \\d\\d:',
].join('|'));

export function isErrorLog(text: string): boolean {
  if (startsWithBrace(text)) {
    return JSON_ERROR.test(text);
  }
  const logfmt = LOGFMT_LEVEL.exec(text.length > 512 ? text.slice(0, 512) : text);
  if (logfmt) {
    return logfmt[1] !== undefined;
  }
  const head = HEAD_LEVEL.exec(text.length > 100 ? text.slice(0, 100) : text);
  return head !== null && (head[1] ?? head[2] ?? head[3] ?? head[4]) !== undefined;
}

function startsWithBrace(text: string): boolean {
  let at = 0;
  while (at < text.length && text.charCodeAt(at) <= 32) {
    at++;
  }
  return text.charCodeAt(at) === 123;
}
