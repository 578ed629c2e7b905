// SPDX-License-Identifier: Apache-2.0

/**
 * Variables that are keys, passwords or tokens, or that hold them among others, as lists of further intakes do,
 * https://docs.datadoghq.com/agent/configuration/dual-shipping/.
 */
const HOLDS_KEYS = [/(^|_)(API|APP|APPLICATION)_KEY$/, /ADDITIONAL_ENDPOINTS$/, /(^|_)(PASSWORD|AUTH_TOKEN)$/];

type Settings = { readonly [name: string]: unknown };

/** Throws on variables that hold keys. */
export function checkForKeys(property: string, environment: Settings = {}): void {
  for (const name of Object.keys(environment)) {
    if (HOLDS_KEYS.some((pattern) => pattern.test(name))) {
      throw new Error(`'${property}' must not hold keys, since they would stand in the template, got: '${name}'; `
        + "the Agent's key comes from 'datadog', others belong into 'secrets'");
    }
  }
}

/** Throws on settings that must not be given in plain text, that come from elsewhere, or that are given twice. */
export function checkSettings(environment: Settings, secrets: Settings): void {
  checkForKeys('environment', environment);
  const secretNames = Object.keys(secrets);
  const twice = Object.keys(environment).find((name) => secretNames.includes(name));
  if (twice) {
    throw new Error(`'environment' and 'secrets' must not hold the same setting, got: '${twice}' in both`);
  }
  if (secretNames.includes('DD_API_KEY')) {
    throw new Error("'secrets' must not hold the Agent's key, which comes from 'datadog', got: 'DD_API_KEY'");
  }
}
