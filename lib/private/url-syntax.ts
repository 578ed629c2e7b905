// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';

/** Checks that a value is an `http` or `https` URL. Tokens and absent values pass. */
export function checkUrl(property: string, value: string | undefined): void {
  if (value === undefined || Token.isUnresolved(value)) {
    return;
  }
  if (!/^https?:\/\//.test(value) || !URL.canParse(value)) {
    throw new Error(`'${property}' must be a URL such as 'https://intake.example', got: '${value}'`);
  }
}
