// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';

/** A regular expression as the handler reads it. */
export interface MessagePattern {
  readonly pattern: string;
  readonly ignoreCase: boolean;
}

/** Throws on what the handler could not search messages for. */
export function messagePattern(pattern: string, ignoreCase = false): MessagePattern {
  checkLiteral('pattern', pattern);
  if (pattern === '') {
    throw new Error("'pattern' must be a regular expression of JavaScript, got: ''");
  }
  try {
    new RegExp(pattern);
  } catch (error) {
    throw new Error(`'pattern' must be a regular expression of JavaScript, got: '${pattern}' (${(error as Error).message})`);
  }
  return { pattern, ignoreCase };
}

/** A rule is a part of the function's code, which is made at synthesis. */
export function checkLiteral(property: string, text: string): void {
  if (Token.isUnresolved(text)) {
    throw new Error(`'${property}' must be known when the app is synthesized, got: a token`);
  }
}
