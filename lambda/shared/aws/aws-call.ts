// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsService } from './endpoint';
import { signedHeaders } from './signature';
import { HttpResponse } from '../transport/exchange';
import { TransportError } from '../transport/failure';
import { HttpClient } from '../transport/http-client';
import { backoffMs } from '../transport/retry';

/** How long an attempt waits for the beginning of its answer, and then for the rest: an object may be some megabytes, over a slow line. */
const LONGEST_ATTEMPT_MS = 5000;
const LONGEST_BODY_MS = 20_000;

export interface AwsCall {
  readonly service: AwsService;
  readonly region: string;
  readonly method: string;
  readonly url: URL;
  readonly headers: { readonly [name: string]: string };
  readonly body: Buffer;
  readonly leftMs: () => number;
  /** Answers that will not change by themselves, such as a denial, after which it is over. */
  readonly maxRefusals: number;
}

/** A call that did not succeed. The message is made of the service's error code, and quotes nothing else of its answer. */
export class AwsError extends Error {
  /** @param status of the last answer, if there was one */
  constructor(message: string, readonly status?: number) {
    super(message);
  }
}

/** Repeats what may succeed later, as long as there is time; rejects with an `AwsError` then. */
export async function callAws(http: HttpClient, call: AwsCall): Promise<HttpResponse> {
  let failure = 'out of time';
  let status: number | undefined;
  let refusals = 0;
  for (let attempt = 1; call.leftMs() > 0; attempt++) {
    const answer = await sendOnce(http, call);
    if (answer instanceof TransportError) {
      failure = answer.reason;
      status = undefined;
    } else if (answer.status < 300 && answer.complete) {
      return answer;
    } else {
      failure = `status ${answer.status}${errorCode(answer.body)}`;
      status = answer.status;
      refusals += isRefusal(answer, failure) ? 1 : 0;
      if (refusals === call.maxRefusals) {
        break;
      }
    }
    await sleep(Math.min(call.leftMs(), backoffMs(attempt)));
  }
  throw new AwsError(`${call.service} at ${call.url.host}: ${failure}`, status);
}

export function ownRegion(): string {
  return process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? 'us-east-1';
}

async function sendOnce(http: HttpClient, call: AwsCall): Promise<HttpResponse | TransportError> {
  const half = Math.max(call.leftMs() / 2, 50);
  const limits = { limitMs: Math.min(LONGEST_ATTEMPT_MS, half), bodyLimitMs: Math.min(LONGEST_BODY_MS, half) };
  // Signed anew each time: a signature is good for some minutes only, and a frozen environment can sleep longer.
  const headers = signedHeaders(call, call.service, call.region, environmentCredentials());
  return http.send({ ...call, headers, ...limits }).catch((error: unknown) => {
    if (error instanceof TransportError) {
      return error;
    }
    throw error;
  });
}

function isRefusal({ status, complete }: HttpResponse, failure: string): boolean {
  return complete && status < 500 && status !== 429 && !/throttl|TooManyRequests|RequestTimeout/i.test(failure);
}

/** The error's name, as JSON services (`__type`) and S3 (`<Code>`) give it. */
function errorCode(body: Buffer): string {
  const code = /"__type"\s*:\s*"(?:[^"#]*#)?(\w+)"|<Code>(\w+)<\/Code>/.exec(body.subarray(0, 2000).toString('utf8'));
  return code ? ` ${code[1] ?? code[2]}` : '';
}

function environmentCredentials() {
  return {
    accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? '',
    sessionToken: process.env.AWS_SESSION_TOKEN,
  };
}
