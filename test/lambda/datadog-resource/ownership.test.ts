// SPDX-License-Identifier: Apache-2.0
import { STACK } from './cloudformation';
import { tagsOf } from './datadog/collection';
import { marksIn, Ownership, replacedId } from '../../../lambda/datadog-resource/ownership';

const identity = { stackId: STACK, logicalResourceId: 'HighCpu', requestId: 'r1' };
const own = new Ownership(identity);

test('the marks name stack and resource, and are the same every time', () => {
  expect(own.marks(false)).toEqual(['cloudformation_resource:shop/highcpu/f1932e7e71705249', 'cloudformation_request:6b7095270ab3c9a8']);
});

test.each([
  ['another stack of the same name', { stackId: STACK.replace('51af', '0000') }],
  ['a resource that differs in case only', { logicalResourceId: 'HighCPU' }],
  ['a long name with the same beginning', { logicalResourceId: `HighCpu${'x'.repeat(200)}` }],
])('%s has other marks', (_, difference) => {
  const other = new Ownership({ ...identity, ...difference });
  expect(other.resourceMark).not.toBe(own.resourceMark);
  expect(other.requestMark).not.toBe(own.requestMark);
});

test('another request for the same resource has the same mark of the resource only', () => {
  const other = new Ownership({ ...identity, requestId: 'r2' });
  expect(other.resourceMark).toBe(own.resourceMark);
  expect(other.requestMark).not.toBe(own.requestMark);
});

test.each([
  [identity],
  [{ ...identity, logicalResourceId: 'A'.repeat(255), stackId: STACK.replace('Shop', 'B'.repeat(128)) }],
  [{ stackId: '', logicalResourceId: 'with space and ümlaut', requestId: '' }],
])('Datadog changes nothing about the marks of %j, as tags or in a text', (anyIdentity) => {
  const marks = new Ownership(anyIdentity).marks(false, 'DF36F36A-0000-4000-8000-000000000001');
  expect(tagsOf({ tags: marks })).toEqual(marks);
  expect(marksIn(['team:shop', ...marks])).toEqual(marks);
  expect(marksIn([`Maintenance\n\n${marks.join(' ')}`])).toEqual(marks);
});

test('an object that is kept on delete cannot be found by its resource', () => {
  expect(own.marks(true)).toEqual([own.requestMark]);
  expect(own.marksAfter(own.marks(false), true)).toEqual([own.requestMark]);
});

test('a change keeps who made an object and what it replaced', () => {
  const made = own.marks(true, '42');
  expect(new Ownership({ ...identity, requestId: 'r2' }).marksAfter(made, false)).toEqual([own.resourceMark, ...made]);
  expect(replacedId(made)).toBe('42');
  expect(replacedId(own.marks(false))).toBeUndefined();
});

test('an object without marks gets those of the request that changes it', () => {
  expect(own.marksAfter([], false)).toEqual(own.marks(false));
});
