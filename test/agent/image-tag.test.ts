// SPDX-License-Identifier: Apache-2.0
import { AgentImageFlavor } from '../../lib/agent';
import { imageTag } from '../../lib/agent/image-tag';
import { IMAGE_VERSIONS } from '../../lib/private/image-versions';

const { JMX, FIPS, FULL } = AgentImageFlavor;

describe('the tag of the image', () => {
  test.each<[string, AgentImageFlavor[], boolean, string]>([
    ['plain', [], false, ''],
    ['with Java', [JMX], false, '-jmx'],
    ['with FIPS', [FIPS], false, '-fips'],
    ['with the Collector', [FULL], false, '-full'],
    ['with FIPS and Java', [FIPS, JMX], false, '-fips-jmx'],
    ['with Java and FIPS, the same in any order and as often as it is asked for', [JMX, FIPS, JMX], false, '-fips-jmx'],
    ['for Windows', [], true, '-servercore'],
    ['for Windows with Java', [JMX], true, '-servercore-jmx'],
  ])('%s', (_name, flavors, runsWindows, suffix) => {
    expect(imageTag(flavors, runsWindows)).toBe(`${IMAGE_VERSIONS.agent}${suffix}`);
  });

  test('is a version, never one that moves', () => {
    expect(imageTag([], false)).toMatch(/^7\.\d+\.\d+$/);
  });

  test.each<[AgentImageFlavor[], boolean, string]>([
    [[FULL, FIPS], false, "'features' must need an image that exists, got: one with fips and full"],
    [[FULL, JMX], false, "'features' must need an image that exists, got: one with full and jmx"],
    [[FIPS], true, "'features' must need an image that exists for Windows, got: one with fips"],
    [[FULL], true, "'features' must need an image that exists for Windows, got: one with full"],
  ])('of %s, Windows: %s, does not exist', (flavors, runsWindows, message) => {
    expect(() => imageTag(flavors, runsWindows)).toThrow(message);
  });
});
