// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';

/** A variable that makes a language's runtime load the tracer library, among what the application sets it to itself. */
export interface TracerVariable {
  readonly name: string;
  readonly value: string;

  /** Where the value stands beside the application's own; `alone` bears no other. */
  readonly place: 'first' | 'last' | 'alone';
  readonly separator?: string;

  /** What stands beside the value where the application has none of its own. */
  readonly otherwise?: string;
  readonly maxBytes?: number;
}

/** The application's own value with the tracer's added to it, once. */
export function withTracer(variable: TracerVariable, own: string | undefined): string {
  const { value, place, separator = '', otherwise } = variable;
  const rest = own || otherwise;
  if (place === 'alone') {
    return own || value;
  }
  if (own && `${separator}${own}${separator}`.includes(`${separator}${value}${separator}`)) {
    return own;
  }
  if (rest === undefined) {
    return value;
  }
  return place === 'first' ? `${value}${separator}${rest}` : `${rest}${separator}${value}`;
}

/** Says in a clause why the application's own value leaves no room for the tracer's; undefined where it does or is not known. */
export function tracerConflict(variable: TracerVariable, own: string | undefined): string | undefined {
  const { name, value, place, maxBytes } = variable;
  if (!own || Token.isUnresolved(own)) {
    return undefined;
  }
  if (place === 'alone' && own !== value) {
    return `its own ${name} is another than the tracer's '${value}': remove it`;
  }
  return maxBytes !== undefined && Buffer.byteLength(withTracer(variable, own)) > maxBytes
    ? `its own ${name} and the tracer's together exceed ${maxBytes} bytes: shorten it` : undefined;
}
