// SPDX-License-Identifier: Apache-2.0
import { Environment, readVariable } from './environment';

/** Where a key of Datadog is kept. Exactly one source is used: the secret, else the parameter, else the plain value of a local run. */
export interface KeySource {
  /** What the key is called in errors. */
  readonly what: 'API key' | 'application key';
  /** The variable that would hold the plain key, and begins the names of the others. */
  readonly variable: string;
  readonly secretArn?: string;
  /** The JSON field of the secret that holds the key. */
  readonly secretField?: string;
  /** Fields that are tried in a JSON secret when no field is named. */
  readonly usualFields: readonly string[];
  readonly parameterName?: string;
  readonly plainText?: string;
}

export function readApiKeySource(environment: Environment): KeySource {
  return { what: 'API key', usualFields: ['DD_API_KEY', 'api_key'], ...readSource(environment, 'DD_API_KEY') };
}

export function readApplicationKeySource(environment: Environment): KeySource {
  return { what: 'application key', usualFields: ['DD_APP_KEY', 'app_key'], ...readSource(environment, 'DD_APP_KEY') };
}

function readSource(environment: Environment, variable: string) {
  return {
    variable,
    secretArn: readVariable(environment, `${variable}_SECRET_ARN`),
    secretField: readVariable(environment, `${variable}_SECRET_FIELD`),
    parameterName: readVariable(environment, `${variable}_SSM_NAME`),
    plainText: readVariable(environment, variable),
  };
}
