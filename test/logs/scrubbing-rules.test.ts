// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';
import { ScrubbingRule } from '../../lib/logs';

/** As the handler applies a rule. */
function scrub({ _pattern: { pattern, ignoreCase }, _replacement }: ScrubbingRule, message: string): string {
  return message.replace(new RegExp(pattern, ignoreCase ? 'gi' : 'g'), _replacement);
}

const IP = 'xxx.xxx.xxx.xxx';

test.each([
  ['10.0.0.1', IP],
  ['peer=10.0.0.1:443,10.0.0.2', `peer=${IP}:443,${IP}`],
  ['ip10.0.0.1', `ip${IP}`],
  ['fe80::1%eth0', `${IP}%eth0`],
  ['addr:fe80::1', `addr:${IP}`],
  ['from 2001:DB8::ff00:42:8329: refused', `from ${IP}: refused`],
  ['[2001:db8:0:0:0:0:0:1]:443', `[${IP}]:443`],
  ['2001:db8::/32', `${IP}/32`],
  ['::1', IP],
  ['::ffff:10.0.0.1', `::ffff:${IP}`],
  ['12:00:00.123 std::vector Face::add 00:1a:2b:3c:4d:5e', '12:00:00.123 std::vector Face::add 00:1a:2b:3c:4d:5e'],
  ['2026-11-01T10:20:30.123Z', '2026-11-01T10:20:30.123Z'],
])('of IP addresses in %s', (message, expected) => {
  expect(scrub(ScrubbingRule.ipAddresses(), message)).toBe(expected);
});

test.each([
  ['{"from":"bob.b+c@mail.example.co.uk"}', '{"from":"xxxxx@xxxxx.com"}'],
  ['mailto:bob@example.com.', 'mailto:xxxxx@xxxxx.com.'],
  ['jösé@exämple.de', 'xxxxx@xxxxx.com'],
  ['user@localhost, @example.com', 'user@localhost, @example.com'],
])('of e-mail addresses in %s', (message, expected) => {
  expect(scrub(ScrubbingRule.emailAddresses(), message)).toBe(expected);
});

test.each(['a', '1:', '1.', 'a@', 'a.', '@a.', 'f:'])('the rules of the library take a time that grows with the message, not with its square: %s', (part) => {
  const message = part.repeat(1_000_000 / part.length);
  const start = performance.now();
  scrub(ScrubbingRule.ipAddresses(), message);
  scrub(ScrubbingRule.emailAddresses(), message);
  // Some 200 ms; with its square it would be minutes.
  expect(performance.now() - start).toBeLessThan(10_000);
});

test('of an expression', () => {
  expect(scrub(ScrubbingRule.pattern('password=\\S+'), 'password=secret ok')).toBe('xxxxx ok');
  expect(scrub(ScrubbingRule.pattern('(token=)\\S+', { replacement: '$1***', ignoreCase: true }), 'Token=abc')).toBe('Token=***');
});

test.each([
  ['(', /^'pattern' must be a regular expression of JavaScript, got: '\(' \(.+\)$/],
  ['(?i)password', /^'pattern' must be a regular expression of JavaScript, got: '\(\?i\)password'/],
  ['', /^'pattern' must be a regular expression of JavaScript, got: ''$/],
  ['x*', /^'pattern' must match some text, or its replacement stands between all characters, got: 'x\*'$/],
  [Token.asString({ Ref: 'Pattern' }), /^'pattern' must be known when the app is synthesized, got: a token$/],
])('refuses %s', (pattern, message) => {
  expect(() => ScrubbingRule.pattern(pattern)).toThrow(message);
});

test('refuses a replacement that only deployment knows', () => {
  expect(() => ScrubbingRule.pattern('x', { replacement: `a${Token.asString({ Ref: 'B' })}` })).toThrow("'replacement' must be known when the app is synthesized, got: a token");
});
