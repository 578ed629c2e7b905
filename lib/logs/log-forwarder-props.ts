// SPDX-License-Identifier: Apache-2.0
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { LogCompression } from './log-compression';
import { LogFilter } from './log-filter';
import { ScrubbingRule } from './scrubbing-rule';
import { DatadogAccount } from '../datadog/account';

/** Properties of a `LogForwarder`. */
export interface LogForwarderProps {
  /** Where the logs go. */
  readonly datadog: DatadogAccount;

  /**
   * The environment of every log that does not name one itself, `env` in Datadog.
   *
   * @default - none
   */
  readonly env?: string;

  /**
   * Tags for every log.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Which logs are sent, by their message: those that one of the including filters matches, if there are any, and no excluding one. `filterPattern` of
   * `addLogGroup` decides the same before the function is invoked, so it costs nothing, but it knows less.
   *
   * @default - all of them
   */
  readonly filters?: LogFilter[];

  /**
   * What is replaced in messages before they leave the account, in this order.
   *
   * @default - nothing
   */
  readonly scrubbing?: ScrubbingRule[];

  /**
   * How often logs that could not be delivered are sent again. A whole number of minutes, from 1 minute to 12 hours: well within the 18 hours for which
   * Datadog takes a log.
   *
   * @see https://docs.datadoghq.com/api/latest/logs/#send-logs
   * @default Duration.minutes(5)
   */
  readonly replayInterval?: Duration;

  /**
   * How logs are compressed on their way to Datadog.
   *
   * @default LogCompression.gzip()
   */
  readonly compression?: LogCompression;

  /**
   * Name of the function.
   *
   * @default - CloudFormation generates it
   */
  readonly functionName?: string;

  /**
   * The function's runtime: Node.js 20 or later.
   *
   * @default lambda.Runtime.NODEJS_24_X
   */
  readonly runtime?: lambda.Runtime;

  /**
   * The processor that the function runs on. The code is the same for both; a few regions have no `ARM_64`.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html
   * @default lambda.Architecture.ARM_64
   */
  readonly architecture?: lambda.Architecture;

  /**
   * The function's memory in MiB, 128 to 10240. Its share of CPU grows with it.
   *
   * @default 256
   */
  readonly memorySize?: number;

  /**
   * How long one invocation may take, 10 to 900 seconds. Retries end before that, and what is left is stored.
   *
   * @default Duration.seconds(120)
   */
  readonly timeout?: Duration;

  /**
   * How many invocations may run at once, at least 1. That many are set aside for this function alone. A replay is one of them: with 1, logs wait in
   * Lambda's queue (for up to 6 hours) while it runs, so allow 2 or more.
   *
   * @default - no limit but that of the account; nothing is set aside
   */
  readonly reservedConcurrentExecutions?: number;

  /**
   * Whether AWS X-Ray traces the function.
   *
   * @default lambda.Tracing.DISABLED
   */
  readonly tracing?: lambda.Tracing;

  /**
   * The VPC that the function runs in. It needs a route to Datadog's intake, to Amazon S3, and to the service that keeps the API key. Lambda itself
   * delivers the events, and what it stores of failed ones, without the VPC.
   *
   * @default - the function runs outside any VPC
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnets in the VPC.
   *
   * @default - the private ones
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The function's security groups in the VPC.
   *
   * @default - a new one that allows all outbound traffic
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * A customer-managed key for undelivered logs and for the function's own log group. A statement in its policy lets CloudWatch Logs use it; to an
   * imported key, add one yourself.
   *
   * @default - the encryption that Amazon S3 and CloudWatch Logs manage themselves
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * How long the function's own log is kept. It holds no text of forwarded logs.
   *
   * @default logs.RetentionDays.THREE_MONTHS
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * How long logs that could not be delivered, and logs that Datadog refused for good, are kept, in whole days, at least 1.
   *
   * @default Duration.days(14)
   */
  readonly undeliveredExpiration?: Duration;

  /**
   * What happens to undelivered logs and to the function's own log when the forwarder is removed. With `DESTROY`, CloudFormation still cannot delete the
   * bucket while it holds objects.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}
