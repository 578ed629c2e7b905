// SPDX-License-Identifier: Apache-2.0
import { Lazy } from 'aws-cdk-lib';
import { TracerVariable, tracerConflict, withTracer } from '../../../lib/agent/application/tracer/tracer-variable';

const LAST: TracerVariable = { name: 'NODE_OPTIONS', value: '--require x', place: 'last', separator: ' ' };
const FIRST: TracerVariable = { name: 'RUBYOPT', value: '-rx', place: 'first', separator: ' ' };
const SCAN: TracerVariable = { name: 'PHP_INI_SCAN_DIR', value: '/x', place: 'last', separator: ':', otherwise: '' };
const ALONE: TracerVariable = { name: 'CORECLR_PROFILER', value: '{x}', place: 'alone' };

test.each<[TracerVariable, string | undefined, string]>([
  [LAST, undefined, '--require x'],
  [LAST, '', '--require x'],
  [LAST, '--inspect', '--inspect --require x'],
  [LAST, '--inspect --require x', '--inspect --require x'],
  // Another file that begins alike.
  [LAST, '--require x.js', '--require x.js --require x'],
  [FIRST, '-W0', '-rx -W0'],
  [FIRST, '-W0 -rx', '-W0 -rx'],
  [SCAN, undefined, ':/x'],
  [SCAN, '/etc/php', '/etc/php:/x'],
  [ALONE, undefined, '{x}'],
  [ALONE, '', '{x}'],
])('%j beside %j is %j', (variable, own, expected) => {
  expect(withTracer(variable, own)).toBe(expected);
});

test('a value that is known at deployment is added to, or kept where there is nothing to add', () => {
  const token = Lazy.string({ produce: () => '--inspect' });
  expect(withTracer(LAST, token)).toBe(`${token} --require x`);
  expect(withTracer(ALONE, token)).toBe(token);
  expect(tracerConflict(ALONE, token)).toBeUndefined();
});

test.each<[TracerVariable, string | undefined, string | undefined]>([
  [ALONE, '{y}', "its own CORECLR_PROFILER is another than the tracer's '{x}': remove it"],
  [ALONE, '{x}', undefined],
  [LAST, '--inspect', undefined],
  [{ ...FIRST, maxBytes: 10 }, '-W0-de', undefined],
  // Bytes, not characters.
  [{ ...FIRST, maxBytes: 10 }, '-W0-dé', "its own RUBYOPT and the tracer's together exceed 10 bytes: shorten it"],
])('%j conflicts with %j: %j', (variable, own, conflict) => {
  expect(tracerConflict(variable, own)).toBe(conflict);
});
