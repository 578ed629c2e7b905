// SPDX-License-Identifier: Apache-2.0
import { matches } from './event-matcher';

const event = { source: 'aws.ecs', resources: ['a/b', 'c/d'], detail: { reason: 'OutOfMemoryError: killed', code: 137, list: [{ code: 1 }, { code: 0 }] } };

test.each<[object, boolean]>([
  [{ source: ['aws.ecs', 'x'] }, true],
  [{ source: ['x'] }, false],
  [{ resources: ['c/d'] }, true],
  [{ resources: [{ prefix: 'a/' }] }, true],
  [{ resources: [{ prefix: 'b' }] }, false],
  [{ detail: { reason: [{ wildcard: '*OutOfMemory*' }] } }, true],
  [{ detail: { reason: [{ wildcard: 'Memory*' }] } }, false],
  [{ detail: { reason: [{ 'anything-but': { prefix: 'Scaling' } }] } }, true],
  [{ detail: { reason: [{ 'anything-but': { prefix: 'Out' } }] } }, false],
  [{ detail: { none: [{ 'anything-but': ['x'] }] } }, false],
  [{ detail: { none: [{ exists: false }] } }, true],
  [{ detail: { reason: [{ exists: true }] } }, true],
  [{ detail: { none: [{ exists: true }] } }, false],
  [{ detail: { code: [{ numeric: ['>', 0, '<', 200] }] } }, true],
  [{ detail: { code: [{ numeric: ['<', 100] }] } }, false],
  [{ source: ['aws.ecs'], detail: { code: [1] } }, false],
  [{ detail: { $or: [{ code: [1] }, { reason: [{ exists: true }] }] } }, true],
  [{ detail: { $or: [{ code: [1] }, { reason: ['x'] }] } }, false],
])('%j: %s', (pattern, expected) => {
  expect(matches(pattern, event)).toBe(expected);
});

test('what it does not understand is an error, not a match', () => {
  expect(() => matches({ source: [{ cidr: '10.0.0.0/8' }] }, event)).toThrow('an operator must be one that this matcher knows, got: cidr');
});
