// SPDX-License-Identifier: Apache-2.0

/** As libraries write them, with the short forms of consoles (serilog, zerolog, logrus). */
const ERROR_NAMES = 'error err erro eror fatal fata ftl critical crit alert emerg emergency severe panic pani dpanic'.split(' ');
const OTHER_NAMES = ('trace trc trac debug dbg debu verbose vrb fine finer finest config info inf information informational notice note log success '
  + 'warn wrn warning').split(' ');

const IS_ERROR = new Map([...ERROR_NAMES.map((name) => [name, true] as const), ...OTHER_NAMES.map((name) => [name, false] as const)]);

const LONGEST_NAME = 13;

/** Whether a level of this name, in any case, is an error's; `undefined` for what is no level. */
export function isErrorName(name: string): boolean | undefined {
  return name.length > LONGEST_NAME ? undefined : IS_ERROR.get(name.toLowerCase());
}

const KEYS = new Set([
  'level', 'lvl', 'status', 'severity', 'loglevel', 'log_level', 'levelname', 'level_name', 'log.level', 'syslog.severity', '@level', '@l',
]);

const LONGEST_KEY = 15;

/** Whether a member of JSON or logfmt, in any case, holds a level. */
export function isLevelKey(key: string): boolean {
  return key.length <= LONGEST_KEY && KEYS.has(key.toLowerCase());
}

/** RFC 5424's severities: 0 is an emergency, 3 an error, 7 for debugging. */
export function isErrorSeverity(severity: number): boolean {
  return severity <= 3;
}
