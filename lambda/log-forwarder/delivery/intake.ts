// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import { Deadline } from './deadline';
import { Slots } from './slots';
import { KeyOfInvocation } from '../../shared/datadog-key';
import { HttpResponse } from '../../shared/transport/exchange';
import { TransportError } from '../../shared/transport/failure';
import { HttpClient } from '../../shared/transport/http-client';
import { attemptLimitMs, backoffMs, isWorthRepeating, requestedPauseMs } from '../../shared/transport/retry';
import { Batch } from '../batch/batch';
import { Compression } from '../compression/compression';

/** Why the intake did not take a batch: a status code or an error, never text of it. */
export interface Refusal {
  readonly reason: string;
  /** Of an answer that will not change by itself. */
  readonly status?: number;
}

export interface IntakeOptions {
  readonly url: URL;
  readonly version: string;
  readonly http: HttpClient;
  readonly compression: Compression;
  /** Shared by all invocations of this environment. */
  readonly slots: Slots;
}

/** Datadog's logs intake, as one invocation sees it. */
export class Intake {
  /** Requests that were repeated, for whatever reason. */
  repeated = 0;
  /** Logs that the intake accepted. */
  accepted = 0;
  /** Bytes of accepted requests, compressed as they were sent. */
  acceptedBytes = 0;

  constructor(
    private readonly options: IntakeOptions,
    private readonly key: KeyOfInvocation,
    private readonly deadline: Deadline,
  ) {}

  /** Sends a batch until it is accepted (`undefined`), refused for good, or out of time. Never rejects. */
  async send(batch: Batch): Promise<Refusal | undefined> {
    return this.repeat(batch).catch((error: Error) => ({ reason: error.message }));
  }

  /** Rejects without a key, and with settings that make no request. */
  private async repeat(whole: Batch): Promise<Refusal | undefined> {
    let batch = whole;
    let keyWasRenewed = false;
    let reason = 'out of time';
    for (let attempt = 1; this.deadline.leftForSending() > 0; attempt++) {
      const key = await this.key.value();
      const answer = await this.options.slots.use(() => this.attempt(batch, key));
      if (answer === undefined) {
        break;
      }
      let pause = backoffMs(attempt);
      if (answer instanceof TransportError) {
        reason = answer.reason;
      } else if (answer.status >= 200 && answer.status < 300) {
        this.accepted += batch.count;
        this.acceptedBytes += batch.body.length;
        return undefined;
      } else {
        reason = `status ${answer.status}`;
        if (!keyWasRenewed && (answer.status === 401 || answer.status === 403) && await this.key.renew()) {
          keyWasRenewed = true;
          pause = 0;
        } else if (batch.encoding === 'zstd' && (answer.status === 400 || answer.status === 415)) {
          batch = { ...batch, ...this.options.compression.fallBack(batch) };
          pause = 0;
        } else if (isWorthRepeating(answer.status)) {
          pause = Math.max(pause, requestedPauseMs(answer.status, answer.headers));
        } else {
          return { reason, status: answer.status };
        }
      }
      if (pause >= this.deadline.leftForSending()) {
        break;
      }
      await sleep(pause);
      this.repeated++;
    }
    return { reason };
  }

  /** One request; `undefined` when no time was left once it was its turn. */
  private async attempt(batch: Batch, key: string): Promise<HttpResponse | TransportError | undefined> {
    const left = this.deadline.leftForSending();
    if (left <= 0) {
      return undefined;
    }
    try {
      return await this.options.http.send({
        method: 'POST',
        url: this.options.url,
        headers: {
          'content-type': 'application/json',
          'content-encoding': batch.encoding,
          'dd-api-key': key,
          // The origin under which Datadog knows logs of this wire format, and the store whose tags it adds to them.
          'dd-evp-origin': 'aws_forwarder',
          'dd-evp-origin-version': this.options.version,
          'dd-storage-tag': 'cloudwatch',
        },
        body: batch.body,
        limitMs: attemptLimitMs(left),
      });
    } catch (error) {
      if (error instanceof TransportError) {
        return error;
      }
      throw error;
    }
  }
}
