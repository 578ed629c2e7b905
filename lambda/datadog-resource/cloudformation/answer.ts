// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import { ResourceRequest } from './resource-request';
import { TransportError } from '../../shared/transport/failure';
import { HttpClient } from '../../shared/transport/http-client';
import { backoffMs, isWorthRepeating } from '../../shared/transport/retry';
import { Deadline } from '../deadline';
import { ExplainedError } from '../explained-error';

/** The most that CloudFormation reads, https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html. */
export const MAX_ANSWER_BYTES = 4096;

const CUT = '… (cut)';
const SHORTEST_ATTEMPT_MS = 500;

/** How a request went. */
export interface Outcome {
  readonly status: 'SUCCESS' | 'FAILED';
  readonly physicalResourceId: string;
  /** Why it failed. */
  readonly reason?: string;
  /** What `Fn::GetAtt` may ask for. */
  readonly data?: { readonly [name: string]: string };
  /** What only the log is told. */
  readonly note?: string;
}

/** The answer's text. A reason that is too long is cut. */
export function answerText(request: ResourceRequest, outcome: Outcome): string {
  const write = (reason: string | undefined) => JSON.stringify({
    Status: outcome.status,
    Reason: reason,
    PhysicalResourceId: outcome.physicalResourceId,
    StackId: request.stackId,
    RequestId: request.requestId,
    LogicalResourceId: request.logicalResourceId,
    Data: outcome.data,
  });
  const whole = write(outcome.reason);
  if (Buffer.byteLength(whole) <= MAX_ANSWER_BYTES || outcome.reason === undefined) {
    return whole;
  }
  const characters = [...outcome.reason];
  const writeFirst = (count: number) => write(characters.slice(0, count).join('') + CUT);
  let [fitting, tooMany] = [0, characters.length];
  while (tooMany - fitting > 1) {
    const middle = Math.floor((fitting + tooMany) / 2);
    [fitting, tooMany] = Buffer.byteLength(writeFirst(middle)) > MAX_ANSWER_BYTES ? [fitting, middle] : [middle, tooMany];
  }
  return writeFirst(fitting);
}

/**
 * Puts the answer where CloudFormation waits for it, again and again while there is time. It rejects in the end, so that Lambda repeats the event:
 * what was done is found again then.
 */
export async function sendAnswer(http: HttpClient, request: ResourceRequest, outcome: Outcome, deadline: Deadline): Promise<void> {
  const body = Buffer.from(answerText(request, outcome));
  let failure = 'out of time';
  for (let attempt = 1; deadline.leftForAnswering() > 0; attempt++) {
    const limitMs = Math.max(SHORTEST_ATTEMPT_MS, deadline.leftForAnswering() / 2);
    // The address is signed for an empty content type.
    const answer = await http.send({ method: 'PUT', url: request.responseUrl, headers: { 'content-type': '' }, body, limitMs })
      .catch((error: unknown) => {
        if (error instanceof TransportError) {
          return error;
        }
        throw error;
      });
    if (!(answer instanceof TransportError) && answer.status < 300) {
      return;
    }
    failure = answer instanceof TransportError ? answer.reason : `status ${answer.status}`;
    if (!(answer instanceof TransportError) && !isWorthRepeating(answer.status)) {
      break;
    }
    await sleep(Math.min(deadline.leftForAnswering(), backoffMs(attempt)));
  }
  throw new ExplainedError(`CloudFormation could not be told: ${failure}`);
}
