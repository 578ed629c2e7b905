// SPDX-License-Identifier: Apache-2.0

/**
 * Versions of the images that this library runs. A change rolls every service that uses one, so it is a release note;
 * users freeze an image with the `image` prop of the construct that runs it.
 */
export const IMAGE_VERSIONS = {
  /** https://github.com/DataDog/datadog-agent/releases */
  agent: '7.84.6',
} as const;
