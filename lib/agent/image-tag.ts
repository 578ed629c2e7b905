// SPDX-License-Identifier: Apache-2.0
import { AgentImageFlavor } from './agent-image-flavor';
import { IMAGE_VERSIONS } from '../private/image-versions';

/** The flavors for which Datadog publishes images, and the tag's ending of each. */
const SUFFIXES: { readonly [flavors: string]: string } = { '': '', 'jmx': '-jmx', 'fips': '-fips', 'full': '-full', 'fips,jmx': '-fips-jmx' };
const WINDOWS_SUFFIXES: { readonly [flavors: string]: string } = { '': '-servercore', 'jmx': '-servercore-jmx' };

/**
 * The tag of the Agent's image.
 *
 * @throws if there is no image with all that is asked for
 */
export function imageTag(flavors: AgentImageFlavor[], runsWindows: boolean): string {
  const asked = [...new Set(flavors)].sort();
  const suffix = (runsWindows ? WINDOWS_SUFFIXES : SUFFIXES)[asked.join(',')];
  if (suffix === undefined) {
    throw new Error(`'features' must need an image that exists${runsWindows ? ' for Windows' : ''}, got: one with ${asked.join(' and ')}`);
  }
  return `${IMAGE_VERSIONS.agent}${suffix}`;
}
