// SPDX-License-Identifier: Apache-2.0
import { Token, Tokenization } from 'aws-cdk-lib';

/** Which share of some traces is kept. `*` in a pattern stands for any characters, `?` for one. */
export interface TraceSamplingRule {
  /** The share that is kept, from 0 to 1. */
  readonly sampleRate: number;

  /**
   * Pattern of the service that a trace begins in.
   *
   * @default - any service
   */
  readonly service?: string;

  /**
   * Pattern of the operation that a trace begins with, such as `web.request`.
   *
   * @default - any operation
   */
  readonly name?: string;

  /**
   * Pattern of the resource that a trace begins with, such as `GET /healthcheck`.
   *
   * @default - any resource
   */
  readonly resource?: string;

  /**
   * Patterns of the tags of a trace's first span, by their keys.
   *
   * @default - any tags
   */
  readonly tags?: { readonly [key: string]: string };
}

/** A share as tracers take it. */
export function sampleRate(property: string, rate: number): string {
  checkRate(property, rate);
  return Tokenization.stringifyNumber(rate);
}

/** Rules as tracers take them: the first that matches decides, https://docs.datadoghq.com/tracing/trace_pipeline/ingestion_mechanisms/. */
export function samplingRules(rules: TraceSamplingRule[]): string {
  rules.forEach((rule, index) => checkRate(`samplingRules[${index}].sampleRate`, rule.sampleRate));
  return JSON.stringify(rules.map(({ sampleRate: sample_rate, service, name, resource, tags }) => ({ service, name, resource, tags, sample_rate })));
}

function checkRate(property: string, rate: number): void {
  if (!Token.isUnresolved(rate) && !(rate >= 0 && rate <= 1)) {
    throw new Error(`'${property}' must be a number from 0 to 1, got: ${rate}`);
  }
}
