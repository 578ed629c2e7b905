// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';

/** Names of query parameters that carry a credential, such as `api_key`, `dd-api-key` or `X-Amz-Signature`. */
const SECRET_PARAMETER = /key|token|secret|passw|pwd|auth|credential|signature|sig$/i;

/**
 * Checks that a value is an `http` or `https` URL without credentials: it stands in templates and in environments as it is. Tokens pass, and so do
 * absent values, but text around a token is looked at. No message repeats a credential.
 */
export function checkUrl(property: string, value: string | undefined): void {
  if (value === undefined) {
    return;
  }
  if (/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*@/i.test(value)) {
    throw new Error(`'${property}' must hold no user name and no password, since everybody may read it in the template, got: '${redacted(value)}'`);
  }
  const secret = [...value.matchAll(/[?&#;]([^=&#;]*)=/g)].map(([, name]) => name).find((name) => SECRET_PARAMETER.test(name));
  if (secret !== undefined) {
    throw new Error(`'${property}' must hold no secret such as '${secret}', since everybody may read it in the template, got: '${redacted(value)}'`);
  }
  if (!Token.isUnresolved(value) && (!/^https?:\/\//.test(value) || !URL.canParse(value))) {
    throw new Error(`'${property}' must be a URL such as 'https://intake.example', got: '${redacted(value)}'`);
  }
}

/** All that may be a credential replaced, wherever it stands: what is no URL has no certain parts. */
function redacted(value: string): string {
  return value.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/i, '$1***@').replace(/([?&#;][^=&#;]*=)[^&#;]*/g, '$1***');
}
