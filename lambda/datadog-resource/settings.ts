// SPDX-License-Identifier: Apache-2.0
import { ExplainedError } from './explained-error';
import { version } from '../../package.json';
import { Environment, readVariable } from '../shared/environment';
import { KeySource, readApiKeySource, readApplicationKeySource } from '../shared/key-source';

export interface Settings {
  /** The API's address, without a slash at its end. */
  readonly apiUrl: string;
  /** The domain of the site, for links to pages. */
  readonly site: string;
  readonly apiKey: KeySource;
  readonly applicationKey: KeySource;
  /** Of this library, for the `User-Agent`. */
  readonly version: string;
}

/** The function's variables are wrong: nothing was asked of Datadog. */
export class SettingsError extends ExplainedError {}

export function readSettings(environment: Environment): Settings {
  const site = readVariable(environment, 'DD_SITE') ?? 'datadoghq.com';
  const override = readVariable(environment, 'DD_API_URL');
  const apiUrl = (override ?? `https://api.${site}`).replace(/\/+$/, '');
  if (!/^https?:/i.test(apiUrl) || !URL.canParse(apiUrl)) {
    throw new SettingsError(`${override ? 'DD_API_URL' : 'DD_SITE'} of the function makes no HTTP address: '${apiUrl}'`);
  }
  return { apiUrl, site, apiKey: readApiKeySource(environment), applicationKey: readApplicationKeySource(environment), version };
}
