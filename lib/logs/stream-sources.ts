// SPDX-License-Identifier: Apache-2.0
import { isDeepStrictEqual } from 'util';
import { Stack, Token } from 'aws-cdk-lib';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { KinesisEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { differ } from './log-group-id';

/** Options of `addStream`. */
export interface AddStreamOptions {
  /**
   * Where reading begins: with the oldest record that the stream still has, or with those that come later. `TRIM_HORIZON` or `LATEST`.
   *
   * @default lambda.StartingPosition.TRIM_HORIZON
   */
  readonly startingPosition?: lambda.StartingPosition;

  /**
   * How many records one invocation gets at most, 1 to 10000. Each is what a subscription delivers at once, many logs; together they have at most 6 MB.
   *
   * @default 100
   */
  readonly batchSize?: number;

  /**
   * How many invocations read one shard at the same time, 1 to 10.
   *
   * @default 1
   */
  readonly parallelizationFactor?: number;
}

/**
 * How often a batch is tried again before it is kept in the bucket. A batch only fails when what is undelivered cannot be stored, or a record is no
 * log: the shard stands still meanwhile, but Lambda waits longer from time to time, so a disturbance of some minutes passes.
 */
const RETRIES = 5;

/** The Kinesis streams that a function reads, each once. */
export class StreamSources {
  private readonly added = new Map<string, AddStreamOptions>();

  constructor(private readonly handler: lambda.Function, private readonly onFailure: lambda.IEventSourceDlq) {}

  /** Throws before anything is added. */
  public add(stream: kinesis.IStream, options: AddStreamOptions): void {
    const key = Token.isUnresolved(stream.streamArn) ? stream.node.addr : stream.streamArn;
    const existing = this.added.get(key);
    if (existing) {
      if (!isDeepStrictEqual(existing, options)) {
        throw new Error(`'options' of stream '${stream.node.path}' must be the same in every call`);
      }
      return;
    }
    this.check(stream, options);
    this.added.set(key, { ...options });
    this.handler.addEventSource(new KinesisEventSource(stream, {
      startingPosition: options.startingPosition ?? lambda.StartingPosition.TRIM_HORIZON,
      batchSize: options.batchSize ?? 100,
      parallelizationFactor: options.parallelizationFactor,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: RETRIES,
      onFailure: this.onFailure,
    }));
  }

  private check(stream: kinesis.IStream, { startingPosition, batchSize, parallelizationFactor }: AddStreamOptions): void {
    const { region } = Stack.of(this.handler);
    if (differ(stream.env.region, region)) {
      throw new Error(`'stream' must be in the forwarder's region '${region}', got: '${stream.node.path}' in '${stream.env.region}'`);
    }
    if (startingPosition === lambda.StartingPosition.AT_TIMESTAMP) {
      throw new Error("'startingPosition' must be TRIM_HORIZON or LATEST, got: AT_TIMESTAMP");
    }
    checkUpTo('batchSize', batchSize, 10_000);
    checkUpTo('parallelizationFactor', parallelizationFactor, 10);
  }
}

function checkUpTo(property: string, value: number | undefined, max: number): void {
  if (value !== undefined && !Token.isUnresolved(value) && !(Number.isInteger(value) && value >= 1 && value <= max)) {
    throw new Error(`'${property}' must be a whole number from 1 to ${max}, got: ${value}`);
  }
}
