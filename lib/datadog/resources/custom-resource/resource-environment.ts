// SPDX-License-Identifier: Apache-2.0
import { DatadogAccount } from '../../account';
import { lambdaProxyEnvironment } from '../../proxy';
import { DatadogSecret } from '../../secret';

/** What the handler reads from its environment: addresses of keys, never their values. */
export function resourceEnvironment(datadog: DatadogAccount): { [name: string]: string } {
  return {
    DD_SITE: datadog.site.domain,
    DD_API_URL: (datadog.endpoints.api ?? datadog.site.apiUrl).replace(/\/+$/, ''),
    ...datadog.apiKey.lambdaEnvironment('DD_API_KEY'),
    ...applicationKeyOf(datadog).lambdaEnvironment('DD_APP_KEY'),
    ...lambdaProxyEnvironment(datadog.proxy),
  };
}

/** @throws if there is none */
export function applicationKeyOf(datadog: DatadogAccount): DatadogSecret {
  if (!datadog.applicationKey) {
    throw new Error('\'applicationKey\' must be given to the DatadogAccount to keep objects in Datadog, got: none. Add'
      + ' `applicationKey: DatadogSecret.fromSecretsManager(secret, \'<field>\')` to its properties');
  }
  return datadog.applicationKey;
}
