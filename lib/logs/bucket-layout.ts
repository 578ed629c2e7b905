// SPDX-License-Identifier: Apache-2.0

/** Where in the forwarder's bucket what lies. The handler has the same in `lambda/log-forwarder/bucket-layout.ts`; a test compares the two. */
export const BUCKET_LAYOUT = {
  /** Batches that the intake did not take, and that wait for the replay. */
  undelivered: 'undelivered/',
  /** What the intake refuses for good, and objects that cannot be read. Nothing sends them again. */
  refused: 'refused/',
  /** The lease of the one replay that runs. */
  lease: 'replay/lease',
  /** What Lambda stores of failed invocations, https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html and …/kinesis-on-failure-destination.html. */
  failures: 'aws/lambda/',
  /** Those among them that CloudWatch Logs and the replay's schedule asked for. */
  asyncFailures: 'aws/lambda/async/',
} as const;
