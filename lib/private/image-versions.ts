// SPDX-License-Identifier: Apache-2.0

/**
 * Versions of the images that this library runs. A change rolls every service that uses one, so it is a release note;
 * users freeze an image with the `image` prop of the construct that runs it.
 */
export const IMAGE_VERSIONS = {
  /** https://github.com/DataDog/datadog-agent/releases */
  agent: '7.84.6',

  /** https://central.sonatype.com/artifact/com.datadoghq/dd-java-agent */
  tracerJava: 'v1.68.1',

  /** https://www.npmjs.com/package/dd-trace; for Node.js 22 and newer */
  tracerJs: 'v6.21.0',

  /** https://pypi.org/project/ddtrace/ */
  tracerPython: 'v4.16.0',

  /** https://rubygems.org/gems/datadog/versions */
  tracerRuby: 'v2.34.0',

  /** https://github.com/DataDog/dd-trace-dotnet/releases, https://github.com/microsoft/winget-pkgs/pull/431131 */
  tracerDotnet: 'v3.53.0',

  /** https://github.com/DataDog/dd-trace-php/pull/4173 */
  tracerPhp: 'v1.25.1',
} as const;
