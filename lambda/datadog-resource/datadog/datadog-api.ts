// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import { errorText, LostAnswer, Refusal } from './api-error';
import { KeysOfInvocation } from './keys';
import { HttpResponse } from '../../shared/transport/exchange';
import { TransportError } from '../../shared/transport/failure';
import { HttpClient } from '../../shared/transport/http-client';
import { backoffMs, isWorthRepeating, requestedPauseMs } from '../../shared/transport/retry';
import { isJson, Json } from '../json';

const LONGEST_ATTEMPT_MS = 30_000;
/** With less than this, an attempt has no prospect. */
const SHORTEST_ATTEMPT_MS = 200;

export interface DatadogApiOptions {
  readonly apiUrl: string;
  readonly version: string;
  readonly http: HttpClient;
  readonly keys: KeysOfInvocation;
  readonly leftMs: () => number;
}

/** Datadog's API, as one invocation sees it. */
export class DatadogApi {
  private keysWereRenewed = false;

  constructor(private readonly options: DatadogApiOptions) {}

  /** A call that may be made any number of times. It is, until it is answered or there is no time left. */
  async call(method: string, path: string, body?: Json): Promise<Json> {
    return this.repeat(method, path, body, false);
  }

  /** A call that changes something each time it arrives. It is repeated only while Datadog says that it does not take it. */
  async callOnce(method: string, path: string, body: Json): Promise<Json> {
    return this.repeat(method, path, body, true);
  }

  /** Rejects with a `Refusal` when Datadog said no, with a `LostAnswer` when it is not known, and with a `KeyError`. */
  private async repeat(method: string, path: string, body: Json | undefined, once: boolean): Promise<Json> {
    const call = `${method} ${path.split('?')[0]}`;
    let failure: Error = new LostAnswer(call, 'out of time');
    for (let attempt = 1; this.options.leftMs() >= SHORTEST_ATTEMPT_MS; attempt++) {
      const answer = await this.attempt(method, path, body, once);
      const json = answer instanceof TransportError ? undefined : jsonOf(answer);
      if (json) {
        return json;
      }
      let pause = backoffMs(attempt);
      if (answer instanceof TransportError || answer.status < 300) {
        failure = new LostAnswer(call, answer instanceof TransportError ? answer.reason : `status ${answer.status} with half of a body, or none of the API`);
      } else {
        const text = errorText(answer.body);
        failure = answer.status < 500 && answer.status !== 408
          ? new Refusal(call, answer.status, text)
          : new LostAnswer(call, `status ${answer.status}`, text);
        if (answer.status === 401 || answer.status === 403) {
          if (!await this.renewKeys()) {
            break;
          }
          pause = 0;
        } else if (!isWorthRepeating(answer.status)) {
          break;
        }
        // After it, not at it: many functions of one deployment wait for the same moment.
        pause += requestedPauseMs(answer.status, answer.headers);
      }
      if (pause >= this.options.leftMs() || (once && failure instanceof LostAnswer)) {
        break;
      }
      await sleep(pause);
    }
    throw failure;
  }

  private async attempt(method: string, path: string, body: Json | undefined, once: boolean): Promise<HttpResponse | TransportError> {
    const { apiUrl, version, http, keys, leftMs } = this.options;
    const headers = { ...await keys.headers(), 'accept': 'application/json', 'user-agent': `cdk-ecs-datadog/${version}` };
    // Half of the time, so that there is always enough to ask again, or to look for what was made.
    const limitMs = Math.min(LONGEST_ATTEMPT_MS, leftMs() / 2);
    return http.send({
      method,
      url: new URL(apiUrl + path),
      headers: body ? { ...headers, 'content-type': 'application/json' } : headers,
      body: Buffer.from(body ? JSON.stringify(body) : ''),
      limitMs,
      once,
    }).catch((error: unknown) => {
      if (error instanceof TransportError) {
        return error;
      }
      throw error;
    });
  }

  private async renewKeys(): Promise<boolean> {
    if (this.keysWereRenewed) {
      return false;
    }
    this.keysWereRenewed = true;
    return this.options.keys.renew();
  }
}

/** The JSON of an answer that says yes, as an object: a list becomes its `data`, nothing becomes an empty one. */
function jsonOf({ status, body, complete }: HttpResponse): Json | undefined {
  if (status >= 300 || !complete) {
    return undefined;
  }
  try {
    const json: unknown = body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
    return isJson(json) ? json : { data: json };
  } catch {
    return undefined;
  }
}
