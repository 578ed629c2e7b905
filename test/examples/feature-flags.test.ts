// SPDX-License-Identifier: Apache-2.0
import * as recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { EXAMPLE_NAMES, synthesize } from './examples';
import { libraryResources } from './library-resources';

const ALL_FLAGS: Record<string, unknown> = { ...recommendedFlags };
delete ALL_FLAGS.default;

test('there are flags to be set', () => {
  expect(Object.keys(ALL_FLAGS).length).toBeGreaterThan(50);
});

test.each(EXAMPLE_NAMES)('the library\'s part of the example %s is the same with all recommended feature flags and with none', (name) => {
  const without = libraryResources(synthesize(name));
  const withAll = libraryResources(synthesize(name, { context: ALL_FLAGS }));
  expect(Object.keys(without).length).toBeGreaterThan(0);
  expect(withAll).toEqual(without);
});
