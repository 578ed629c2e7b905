// SPDX-License-Identifier: Apache-2.0
import { isErrorLog } from '../../../lambda/log-forwarder/message/error-level';

/** One line of a library, with `LEVEL` for its level: an error with the first names, none with the others, whatever its message says. */
test.each<[string, string, string[], string[]]>([
  ['Python, basicConfig', 'LEVEL:root:an ERROR in the text', ['ERROR', 'CRITICAL'], ['INFO', 'WARNING', 'DEBUG']],
  ['Python, with a time', '2026-11-25 12:00:00,123 - mylogger - LEVEL - ERROR boom', ['ERROR', 'CRITICAL'], ['INFO', 'WARNING']],
  ['Python, time first', '2026-11-25 12:00:00,123 LEVEL app.views: level=error', ['ERROR', 'CRITICAL'], ['INFO', 'WARNING']],
  ['Python, name first', '2026-11-25 12:00:00,123 app.views LEVEL boom', ['ERROR', 'CRITICAL'], ['INFO', 'WARNING']],
  ['loguru', '2026-11-25 12:00:00.123 | LEVEL    | __main__:main:1 - ERROR', ['ERROR', 'CRITICAL'], ['INFO', 'SUCCESS']],
  ['structlog', '2026-11-25 12:00:00 [LEVEL     ] boom    key=level', ['error', 'critical'], ['info', 'warning']],
  ['gunicorn', '[2026-11-25 12:00:00 +0000] [12] [LEVEL] Worker failed', ['ERROR', 'CRITICAL'], ['INFO']],
  ['uvicorn', 'LEVEL:     Exception in ASGI application', ['ERROR', 'CRITICAL'], ['INFO']],
  ['celery', '[2026-11-25 12:00:00,123: LEVEL/MainProcess] Task failed: ERROR', ['ERROR', 'CRITICAL'], ['INFO', 'WARNING']],
  ['supervisord', '2026-11-25 12:00:00,123 LEVEL exited: x (ERROR)', ['CRIT'], ['INFO', 'WARN']],
  ['Lambda for Python', '[LEVEL]\t2026-11-25T12:00:00.123Z\t0f3b9c7a-1e2d-4c5b-8a9f-001122334455\tboom', ['ERROR'], ['INFO']],
  ['Lambda for Node.js', '2026-11-25T12:00:00.123Z\t0f3b9c7a-1e2d-4c5b-8a9f-001122334455\tLEVEL\tboom', ['ERROR'], ['INFO']],
  ['log4j', '2026-11-25 12:00:00,123 LEVEL [main] c.e.App - ERROR', ['ERROR', 'FATAL'], ['INFO', 'WARN', 'TRACE']],
  ['log4j, thread first', '12:00:00.123 [http-nio-8080-exec-1] LEVEL com.example.App - ERROR', ['ERROR', 'FATAL'], ['INFO', 'WARN']],
  ['log4j, no time', '0    [main] LEVEL com.example.App - ERROR', ['ERROR', 'FATAL'], ['INFO', 'WARN']],
  ['Spring Boot', '2026-11-25T12:00:00.123Z  LEVEL 1 --- [           main] c.e.App : ERROR', ['ERROR'], ['INFO', 'WARN']],
  ['java.util.logging', 'Nov 25, 2026 12:00:00 AM com.example.App run\nLEVEL: boom', ['SEVERE'], ['INFO', 'WARNING', 'FINE']],
  ['Tomcat', '25-Nov-2026 12:00:00.123 LEVEL [main] org.apache.App.x ERROR', ['SEVERE'], ['INFO', 'CONFIG']],
  ['Kafka', '[2026-11-25 12:00:00,123] LEVEL [KafkaServer id=0] ERROR (kafka.Server)', ['ERROR', 'FATAL'], ['INFO']],
  ['NLog', '2026-11-25 12:00:00.1234|LEVEL|MyApp.Program|ERROR', ['ERROR', 'FATAL'], ['INFO']],
  ['Serilog', '[12:00:00 LEVEL] ERROR', ['ERR', 'FTL'], ['INF', 'WRN']],
  ['.NET', 'LEVEL: Microsoft.AspNetCore.Server.Kestrel[13]', ['fail', 'crit'], ['info', 'warn']],
  ['winston', '2026-11-25T12:00:00.123Z LEVEL: an error: boom', ['error'], ['info', 'warn']],
  ['winston, no time', 'LEVEL: error: boom', ['error'], ['info', 'warn', 'debug']],
  ['winston, coloured', '\u001b[31mLEVEL\u001b[39m: error: boom', ['error'], ['info', 'warn', 'debug']],
  ['pino', '{"level":LEVEL,"time":1764072000000,"pid":1,"err":{"level":"error"},"msg":"ERROR"}', ['50', '60'], ['10', '30', '40']],
  ['bunyan', '{"name":"x","hostname":"h","pid":1,"level":LEVEL,"msg":"level","v":0}', ['50', '60'], ['20', '30']],
  ['zap', '{"level":"LEVEL","ts":1764072000.1,"caller":"a/b.go:1","msg":"x","status":"error"}', ['error', 'dpanic', 'fatal'], ['info']],
  ['zap, console', '2026-11-25T12:00:00.123Z\tLEVEL\tapp\tmain.go:1\tan error: x', ['ERROR', 'error', 'FATAL', 'DPANIC'], ['INFO', 'info']],
  ['zerolog', '{"level":"LEVEL","time":"2026-11-25T12:00:00Z","message":"error"}', ['error', 'fatal', 'panic'], ['info', 'warn']],
  ['zerolog, console', '2026-11-25T12:00:00Z LEVEL ERROR', ['ERR', 'FTL'], ['INF', 'WRN']],
  ['logrus', 'time="2026-11-25T12:00:00Z" level=LEVEL msg="got level=error" x=1', ['error', 'fatal', 'panic'], ['info', 'warning']],
  ['logrus, terminal', 'LEVEL[0001] level=error', ['ERRO', 'FATA', 'PANI'], ['INFO', 'WARN', 'DEBU']],
  ['logfmt, level last', 'ts=1 msg="a \\"quoted\\" level=error b" severity="LEVEL"', ['ERROR', 'FATAL'], ['info']],
  ['logfmt, short', 'lvl=LEVEL t=2026-11-25T12:00:00Z', ['crit', 'eror'], ['info']],
  ['klog', 'LEVEL1125 12:00:00.000000       1 main.go:1] ERROR', ['E', 'F'], ['I', 'W']],
  ['hclog', '2026-11-25T12:00:00.123Z [LEVEL] agent: ERROR', ['ERROR'], ['INFO', 'WARN']],
  ['env_logger', '[2026-11-25T12:00:00Z LEVEL myapp] ERROR', ['ERROR'], ['INFO', 'WARN']],
  ['tracing', '2026-11-25T12:00:00.123456Z LEVEL myapp: ERROR', ['ERROR'], [' INFO', ' WARN']],
  ['nginx', '2026/11/25 12:00:00 [LEVEL] 29#29: *1 open() failed [error]', ['error', 'crit', 'alert', 'emerg'], ['notice', 'warn']],
  ['Apache', '[Tue Nov 25 12:00:00.123 2026] [core:LEVEL] [pid 1] AH00000: [error]', ['error', 'crit'], ['notice', 'warn']],
  ['Envoy', '[2026-11-25 12:00:00.123][1][LEVEL][main] [source/x.cc:1] [error]', ['error', 'critical'], ['info']],
  ['PostgreSQL', '2026-11-25 12:00:00.123 UTC [123] LEVEL:  ERROR', ['ERROR', 'FATAL', 'PANIC'], ['LOG', 'WARNING']],
  ['PostgreSQL, user', '2026-11-25 12:00:00 UTC [1]: [2-1] user=x,db=y LEVEL:  boom', ['ERROR', 'FATAL'], ['LOG', 'WARNING']],
  ['PostgreSQL, no time', 'LEVEL:  password authentication failed', ['FATAL'], ['LOG']],
  ['MySQL', '2026-11-25T12:00:00.123456Z 0 [LEVEL] [MY-010119] [Server] [ERROR]', ['ERROR'], ['Warning', 'Note']],
  ['ClickHouse', '2026.11.25 12:00:00.123456 [ 1 ] {} <LEVEL> Application: ERROR', ['Error', 'Fatal'], ['Information', 'Debug']],
  ['PHP', '[25-Nov-2026 12:00:00 UTC] PHP LEVEL:  an error', ['Fatal error', 'Parse error'], ['Warning', 'Notice']],
  ['Monolog', '[2026-11-25T12:00:00.123+00:00] production.LEVEL: ERROR {"level":"error"} []', ['ERROR', 'EMERGENCY'], ['INFO']],
  ['Monolog, JSON', '{"message":"x","context":{"level":"error"},"level":LEVEL,"channel":"app"}', ['400,"level_name":"ERROR"'], ['200,"level_name":"INFO"']],
  ['Ruby, Rails', 'LEVEL, [2026-11-25T12:00:00.123456 #1] ANY -- : ERROR', ['E', 'F'], ['I', 'W', 'D']],
  ['Rails, tagged', '[0f3b9c7a-1e2d-4c5b-8a9f-001122334455] LEVEL: boom', ['ERROR', 'FATAL'], ['INFO']],
  ['Elixir', '12:00:00.123 [LEVEL] ERROR', ['error', 'critical'], ['info', 'warning']],
  ['syslog, priority', '<LEVEL>Nov 25 12:00:00 host app[1]: ERROR', ['3', '0', '11', '130'], ['6', '14', '134']],
  ['syslog, program', 'Nov 25 12:00:00 host app[1]: LEVEL boom', ['ERROR', 'CRITICAL'], ['INFO']],
  ['syslog, selector', 'Nov 25 12:00:00 host daemon.LEVEL app[1]: ERROR', ['err', 'crit', 'emerg'], ['info', 'notice']],
  ['syslog, JSON', '{"severity":LEVEL,"message":"x","level":"error"}', ['0', '3', '"err"', '"EMERGENCY"'], ['4', '6', '"notice"']],
  ['log.level', '{"@timestamp":"x","log.level":"LEVEL","message":"x"}', ['ERROR', 'FATAL'], ['INFO']],
  ['Go', 'LEVEL: x', ['panic', 'fatal error'], ['warning']],
  ['JavaScript', 'LEVEL: x', ['Error'], ['Warning']],
  ['npm', 'npm LEVEL code ELIFECYCLE', ['ERR!'], ['WARN', 'notice']],
])('%s', (_, line, errors, others) => {
  expect(errors.filter((level) => !isErrorLog(line.replace('LEVEL', level)))).toEqual([]);
  expect(others.filter((level) => isErrorLog(line.replace('LEVEL', level)))).toEqual([]);
});

test.each([
  '  {"severity":"CRITICAL"}',
  '{"msg":"x","level" : "ERROR"}',
  '{"status":500,"level":"error"}',
  '{"a":{"level":"info"},"b":[{"status":"ok"},"}"],"c":"\\"}","Level":"error"}',
  '{"status":"pending","level":"error"}',
  '{"level":"error","msg":"cut in the mid',
])('an error: %s', (text) => {
  expect(isErrorLog(text)).toBe(true);
});

test.each([
  '', ' ', '{}', '{', '{"', '{"level', '{"level":', '{"level"', '{"level":"err', '[', '[]',
  '{"level":"info","msg":"ERROR in the text"}',
  '{"level":"info","status":"error"}',
  '{"status":500,"level":"info"}',
  '{"msg":"x","response":{"status":"error","level":"error"}}',
  '{"steps":[{"status":"error"}]}',
  '{"level":{"level":"error"}}',
  '{"level":["error"]}',
  '{"log":{"level":"error"}}',
  '{"level":30,"err":{"level":50}}',
  '{"level":200,"level_name":"INFO"}',
  '{"level":5}',
  '{"level":50.5}',
  '{"status":3}',
  '{"msg":"{\\"level\\":\\"error\\"}"}',
  '{"error":"none","level":"debug"}',
  '{"levels":"error"}',
  'level=info msg="ERROR page served"',
  'level=errors',
  'please set level=error',
  'no ALERT here',
  '2026-11-25 12:00:00 no ALERT here',
  '2026-11-25 12:00:00 there was an ERROR: none',
  'INFO retry after ERROR',
  '[info] error: handled',
  '0 errors found',
  'Error rates are low',
  'An ERROR page',
  'terror: a film',
  'MIRROR finished',
  'ERROR-free run',
  'GET /ERRORS 200',
  '10.0.0.1 - - [25/Nov/2026:12:00:00 +0000] "GET /error?level=error HTTP/1.1" 500 12 "-" "ERROR"',
  '\tat com.example.ERROR.run(App.java:1)',
  'Caused by: java.lang.IllegalStateException: ERROR',
  `${'x '.repeat(60)}ERROR`,
  `${'x=1 '.repeat(200)}level=error`,
])('no error: %s', (text) => {
  expect(isErrorLog(text)).toBe(false);
});

test.each([
  '"level"', '"level" ', '{"level":', 'level=', '[', '[1', ':', 'ERRO', '\u001b[1m', '"level": "erro', '{"a":"\\"', '"a":[', '"a":1,', '\\"', '1 ', 'a=" ',
])('a megabyte of %p takes no time', (part) => {
  const texts = [part, `{${part}`, ` ${part}`].flatMap((text) => {
    const repeated = text.repeat(Math.ceil(1_000_000 / text.length));
    return [repeated, `{${repeated}`];
  });
  const start = process.cpuUsage();
  texts.forEach(isErrorLog);
  // Milliseconds; anything but linear would take minutes.
  expect(process.cpuUsage(start).user / 1000).toBeLessThan(2000);
});
