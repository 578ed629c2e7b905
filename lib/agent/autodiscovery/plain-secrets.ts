// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';

/** Names of settings that hold a credential, as the Agent's integrations have them; not those of files, such as `token_path`. */
const CREDENTIAL = /(^|[_-])(pass|passwd|password|pwd|secret|token|(api|app|application|access|secret)[_-]?key)$/i;

/**
 * What the Agent fills in itself: from its environment, https://docs.datadoghq.com/containers/guide/template_variables/, or from a secrets backend,
 * https://docs.datadoghq.com/agent/configuration/secrets-management/.
 */
const FILLED_IN = /%%env_[^%]+%%|^ENC\[.+\]$/;

/** Where settings of a check hold a credential in plain text, as paths such as `auth.password`. */
export function plainSecretsIn(settings: object): string[] {
  return Object.entries(settings).flatMap(([name, value]) => {
    if (typeof value === 'object' && value !== null && !Token.isUnresolved(value)) {
      return plainSecretsIn(value).map((path) => `${name}.${path}`);
    }
    const isPlain = typeof value === 'string' && value !== '' && !Token.isUnresolved(value) && !FILLED_IN.test(value);
    return isPlain && CREDENTIAL.test(name) ? [name] : [];
  });
}
