// SPDX-License-Identifier: Apache-2.0
import { isErrorLog } from '../../../lambda/log-forwarder/message/error-level';

test.each([
  '{"level":"error","msg":"x"}',
  '{"msg":"x","level" : "ERROR"}',
  '  {"severity":"CRITICAL"}',
  '{"status":"Emergency"}',
  '{"levelname":"err"}',
  '{"level_name":"ALERT","level":550}',
  '{"log.level":"fatal"}',
  '{"log":{"level":"error"}}',
  '{"@level":"error"}',
  '{"level":50,"msg":"pino"}',
  '{"level":60}',
  '{"level":"SEVERE"}',
  '{"level":"panic"}',
  'time=2026-11-25T00:00:00Z level=error msg="x"',
  'lvl=crit',
  'ts=1 severity="FATAL" x=y',
  '2026-11-25 00:00:00,123 ERROR [main] c.e.App - boom',
  'ERROR:root:boom',
  '[ERROR] boom',
  '2026/11/25 00:00:00 [error] 29#29: *1 open() failed',
  '[Tue Nov 25 00:00:00 2026] [core:error] [pid 1] boom',
  'error: boom',
  'Error: boom',
  'panic: runtime error',
  'fatal error: all goroutines are asleep',
  'FATAL:  password authentication failed',
  'Nov 25, 2026 12:00:00 AM SEVERE: boom',
  'E1125 00:00:00.000000       1 main.go:1] boom',
  'F1125 00:00:00.000000       1 main.go:1] boom',
  '\u001b[31merror\u001b[39m: boom',
  '\u001b[1;31mERROR\u001b[0m boom',
  'fail: Microsoft.AspNetCore.Server.Kestrel[13]',
])('an error: %s', (text) => {
  expect(isErrorLog(text)).toBe(true);
});

test.each([
  '',
  '{}',
  '{"level":"info","msg":"ERROR in the text"}',
  '{"status":500,"level":"info"}',
  '{"level":30}',
  '{"level":200,"level_name":"INFO"}',
  '{"level":5}',
  '{"level":50.5}',
  '{"msg":"{\\"level\\":\\"error\\"}"}',
  '{"error":"none","level":"debug"}',
  '{"levels":"error"}',
  'level=info msg="ERROR page served"',
  'level=errors',
  'INFO retry after ERROR',
  '[info] error: handled',
  '0 errors found',
  'Error rates are low',
  'terror: a film',
  'MIRROR finished',
  'W1125 00:00:00.000000 1 main.go:1] ERROR',
  'GET /ERRORS 200',
  `${'x '.repeat(60)}ERROR`,
])('no error: %s', (text) => {
  expect(isErrorLog(text)).toBe(false);
});

test.each(['"level"', '"level" ', '{"level":', 'level=', '[', ':', 'ERRO', '\u001b[1m', '"level": "erro'])('a megabyte of %p takes no time', (part) => {
  const texts = [part, `{${part}`, ` ${part}`].map((text) => text.repeat(Math.ceil(1_000_000 / text.length)));
  const start = process.cpuUsage();
  texts.forEach(isErrorLog);
  // Milliseconds; anything but linear would take minutes.
  expect(process.cpuUsage(start).user / 1000).toBeLessThan(2000);
});
