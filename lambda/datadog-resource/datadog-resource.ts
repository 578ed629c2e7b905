// SPDX-License-Identifier: Apache-2.0
import { Outcome, sendAnswer } from './cloudformation/answer';
import { readRequest, ResourceRequest } from './cloudformation/resource-request';
import { Refusal } from './datadog/api-error';
import { DatadogApi } from './datadog/datadog-api';
import { DatadogKeys, KeyError, KeysOfInvocation } from './datadog/keys';
import { Deadline } from './deadline';
import { ExplainedError, logTextOf, reasonOf } from './explained-error';
import { NOTHING_CREATED, perhapsCreated, requestOfPerhapsCreated } from './lifecycle/failed-creation';
import { FailedCreation, serve } from './lifecycle/lifecycle';
import { Ownership } from './ownership';
import { requestLine } from './request-line';
import { readSettings, Settings, SettingsError } from './settings';
import { AwsClient } from '../shared/aws/aws-client';
import { Environment } from '../shared/environment';
import { HttpClient } from '../shared/transport/http-client';
import { readProxySettings } from '../shared/transport/proxy-settings';

const CONNECTIONS = 4;

export interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

/** What is kept from one invocation to the next. */
interface Kept {
  readonly settings: Settings;
  readonly keys: DatadogKeys;
}

/**
 * Makes the handler. Whatever happens, CloudFormation is told before the function's time is over. Where that is impossible the invocation fails, so that
 * Lambda repeats it.
 */
export function datadogResource(
  environment: Environment, print: (line: string) => void = (line) => process.stdout.write(line),
): (event: unknown, context: LambdaContext) => Promise<void> {
  const http = new HttpClient(readProxySettings(environment), CONNECTIONS);
  let kept: Kept | undefined;

  async function work(request: ResourceRequest, deadline: Deadline, use: (keys: KeysOfInvocation) => void): Promise<Outcome> {
    if (request.requestType === 'Delete' && request.physicalResourceId === NOTHING_CREATED) {
      return { status: 'SUCCESS', physicalResourceId: NOTHING_CREATED };
    }
    kept ??= keep(readSettings(environment), http);
    const leftMs = () => deadline.leftForWork();
    const keys = kept.keys.forInvocation(leftMs);
    use(keys);
    const api = new DatadogApi({ ...kept.settings, http, keys, leftMs });
    return { status: 'SUCCESS', ...await serve(request, api, kept.settings.site) };
  }

  /** Where a creation failed for want of settings or keys, there are none to look for its object with either, and the stack must be able to roll back. */
  async function workOrLeave(...[request, ...others]: Parameters<typeof work>): Promise<Outcome> {
    return work(request, ...others).catch((error: unknown): Outcome => {
      const { requestType, physicalResourceId } = request;
      if (requestType === 'Delete' && requestOfPerhapsCreated(physicalResourceId) !== undefined && isForWantOfAccess(error)) {
        return { status: 'SUCCESS', physicalResourceId, note: `Not looked for what the failed creation may have left in Datadog: ${logTextOf(error)}` };
      }
      throw error;
    });
  }

  return async (event, context) => {
    const deadline = new Deadline(context.getRemainingTimeInMillis());
    const started = performance.now();
    const request = readRequest(event);
    let redact = (text: string) => text;
    const watch = watchdog(deadline.leftForWatching());
    let failure: string | undefined;
    const outcome = await Promise.race([workOrLeave(request, deadline, (keys) => { redact = (text) => keys.redact(text); }), watch.bark])
      .catch((error: unknown): Outcome => {
        const cause = error instanceof FailedCreation ? error.cause : error;
        failure = redact(logTextOf(cause));
        return { status: 'FAILED', physicalResourceId: idAfter(error, request), reason: redact(reasonOf(cause)) };
      })
      .finally(() => watch.stop());
    try {
      await sendAnswer(http, request, outcome, deadline);
    } catch (error) {
      failure = [failure, logTextOf(error)].filter(Boolean).join('; then ');
      throw error;
    } finally {
      print(requestLine(request, outcome, performance.now() - started, failure));
    }
  };
}

function keep(settings: Settings, http: HttpClient): Kept {
  return { settings, keys: new DatadogKeys(settings, new AwsClient(http)) };
}

/** Work that should have ended by itself has not. */
class OutOfTime extends ExplainedError {}

function isForWantOfAccess(error: unknown): boolean {
  return error instanceof SettingsError || error instanceof KeyError || (error instanceof Refusal && (error.status === 401 || error.status === 403));
}

/** The physical id of a resource whose request failed: the one that it has, if any. */
function idAfter(error: unknown, request: ResourceRequest): string {
  if (error instanceof FailedCreation) {
    return error.physicalResourceId;
  }
  return request.physicalResourceId || perhapsCreated(new Ownership(request).requestHash);
}

/** Rejects when work that should have ended by itself has not. */
function watchdog(ms: number): { bark: Promise<never>; stop: () => void } {
  let stop = () => undefined as void;
  const bark = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new OutOfTime('The function ran out of time')), ms);
    stop = () => clearTimeout(timer);
  });
  return { bark, stop };
}
