// SPDX-License-Identifier: Apache-2.0
import * as fs from 'fs';
import * as path from 'path';
import { Stack, Token } from 'aws-cdk-lib';
import { codeOf, forwarderIn, newApp } from './fixture';
import { LogFilter, LogForwarderProps, ScrubbingRule } from '../../lib/logs';

function assetOf(props: Partial<LogForwarderProps>) {
  const app = newApp();
  const stack = new Stack(app, 'Stack');
  forwarderIn(stack, props);
  const assembly = app.synth();
  const { hash, files } = codeOf(stack, assembly);
  const json = path.join(assembly.directory, `asset.${hash}`, 'message-rules.json');
  return { hash, files, rules: fs.existsSync(json) ? fs.readFileSync(json, 'utf8') : undefined };
}

test('filters and scrubbing rules lie beside the handler, as it reads them', () => {
  const { files, rules } = assetOf({
    filters: [LogFilter.excludeAtMatch('GET /health'), LogFilter.includeAtMatch('error', { ignoreCase: true }), LogFilter.includeAtMatch('audit')],
    scrubbing: [ScrubbingRule.pattern('\\d{16}', { replacement: 'card' }), ScrubbingRule.pattern('secret=\\w+', { ignoreCase: true })],
  });
  expect(files).toEqual(['index.js', 'message-rules.json']);
  expect(JSON.parse(rules!)).toEqual({
    include: [{ pattern: 'error', ignoreCase: true }, { pattern: 'audit', ignoreCase: false }],
    exclude: [{ pattern: 'GET /health', ignoreCase: false }],
    scrub: [{ pattern: '\\d{16}', ignoreCase: false, replacement: 'card' }, { pattern: 'secret=\\w+', ignoreCase: true, replacement: 'xxxxx' }],
  });
  expect(Object.keys(JSON.parse(rules!))).toEqual(['exclude', 'include', 'scrub']);
});

test('only what there is is written', () => {
  expect(Object.keys(JSON.parse(assetOf({ scrubbing: [ScrubbingRule.ipAddresses()] }).rules!))).toEqual(['scrub']);
});

test('no rules are no file, and the same code', () => {
  const { hash, files } = assetOf({ filters: [], scrubbing: [] });
  expect(files).toEqual(['index.js']);
  expect(hash).toBe(assetOf({}).hash);
});

test('the same rules are the same code, others are not', () => {
  const rules = (pattern: string) => assetOf({ filters: [LogFilter.excludeAtMatch(pattern)] }).hash;
  expect(rules('a')).toBe(rules('a'));
  expect(rules('a')).not.toBe(rules('b'));
});

test.each([
  [() => LogFilter.includeAtMatch('['), "'pattern' must be a regular expression of JavaScript, got: '['"],
  [() => LogFilter.excludeAtMatch(''), "'pattern' must be a regular expression of JavaScript, got: ''"],
  [() => LogFilter.excludeAtMatch(Token.asString({ Ref: 'P' })), "'pattern' must be known when the app is synthesized, got: a token"],
])('bad filters are refused (%#)', (filter, message) => {
  expect(filter).toThrow(message);
});

test('an empty message may be excluded', () => {
  expect(() => LogFilter.excludeAtMatch('^$')).not.toThrow();
});
