// SPDX-License-Identifier: Apache-2.0
import { ExplainedError } from '../explained-error';
import { isJson, objectsIn, textsIn } from '../json';

/** Datadog said no: what was asked for was not done. */
export class Refusal extends ExplainedError {
  constructor(private readonly call: string, readonly status: number, private readonly text: string) {
    const answer = `Datadog answered ${status} to ${call}`;
    super(text === '' ? answer : `${answer}: ${text}`, answer);
  }

  /** The same with a sentence that Datadog does not say. */
  with(advice: string): Refusal {
    return new Refusal(this.call, this.status, [this.text, advice].filter(Boolean).join('. '));
  }
}

/** Nobody knows whether what was asked for was done. */
export class LostAnswer extends ExplainedError {
  constructor(call: string, reason: string, text = '') {
    const answer = `There was no usable answer of Datadog to ${call}: ${reason}`;
    super(text === '' ? answer : `${answer}: ${text}`, answer);
  }
}

/**
 * What an answer says is wrong: v1 has a list of texts, v2 one of objects, and SLOs an object of several forms. An answer that is not the API's,
 * such as a proxy's page, says nothing.
 */
export function errorText(body: Buffer): string {
  let answer: unknown;
  try {
    answer = JSON.parse(body.toString('utf8'));
  } catch {
    return '';
  }
  if (!isJson(answer)) {
    return '';
  }
  const { errors, error } = answer;
  const texts = [
    ...textsIn(errors),
    ...objectsIn(errors).map(({ title, detail, message }) => [title, detail ?? message].filter((part) => typeof part === 'string').join(': ')),
    ...(isJson(errors) ? [JSON.stringify(errors)] : []),
    ...textsIn([errors, error]),
  ];
  return texts.filter((text) => text !== '').join('; ');
}
