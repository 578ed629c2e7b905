// SPDX-License-Identifier: Apache-2.0
import { Aws } from 'aws-cdk-lib';
import { checkUnifiedTag, toTagValue } from '../../lib/private/tag-syntax';

describe('toTagValue', () => {
  test.each([
    ['web', 'web'],
    ['ProdWebTask3F2A', 'ProdWebTask3F2A'],
    ['my service+x', 'my_service_x'],
    ['1-web', 'ecs-1-web'],
    ['2048', 'ecs-2048'],
    ['_x', 'ecs-_x'],
    ['größe', 'gr__e'],
    ['w'.repeat(255), 'w'.repeat(200)],
  ])('%j becomes %j, a valid tag', (name, value) => {
    expect(toTagValue(name)).toBe(value);
    expect(() => checkUnifiedTag('service', value)).not.toThrow();
  });

  test('keeps different names apart where only their start is invalid', () => {
    expect(toTagValue('1-web')).not.toBe(toTagValue('2-web'));
  });

  test('leaves tokens as they are', () => {
    expect(toTagValue(Aws.STACK_NAME)).toBe(Aws.STACK_NAME);
  });
});
