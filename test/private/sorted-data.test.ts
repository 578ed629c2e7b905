// SPDX-License-Identifier: Apache-2.0
import { Fn } from 'aws-cdk-lib';
import { sortedData } from '../../lib/private/sorted-data';

test('keys are sorted by code unit at every depth, lists keep their order', () => {
  expect(JSON.stringify(sortedData({ b: [{ d: 1, c: 2 }, 3, 1], a: { f: null, e: 'x' }, B: true })))
    .toBe('{"B":true,"a":{"e":"x","f":null},"b":[{"c":2,"d":1},3,1]}');
});

test('what is undefined is left out', () => {
  expect(Object.keys(sortedData({ b: undefined, a: 1 }))).toEqual(['a']);
});

test('what is given stays as it is, tokens are passed on', () => {
  const token = Fn.ref('Other');
  const intrinsic = Fn.getAtt('Other', 'Arn');
  const given = Object.freeze({ b: token, a: Object.freeze([intrinsic]) });
  const sorted = sortedData(given);
  expect(Object.keys(given)).toEqual(['b', 'a']);
  expect(sorted.b).toBe(token);
  expect(sorted.a[0]).toBe(intrinsic);
  expect(sorted.a).not.toBe(given.a);
});
