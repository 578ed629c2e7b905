// SPDX-License-Identifier: Apache-2.0

/** Variants of the Agent's image, each with something more in it. */
export enum AgentImageFlavor {
  /** With a Java runtime, for checks that talk JMX. */
  JMX = 'jmx',

  /** With cryptography that is validated for FIPS 140-2. */
  FIPS = 'fips',

  /** With the OpenTelemetry Collector that Datadog distributes. */
  FULL = 'full',
}
