// SPDX-License-Identifier: Apache-2.0
import { Environment, readVariable } from '../environment';

/** The proxy variables as every HTTP client reads them. */
export interface ProxySettings {
  readonly https?: string;
  readonly http?: string;
  readonly noProxy?: string;
}

export function readProxySettings(environment: Environment): ProxySettings {
  const read = (name: string) => readVariable(environment, name);
  return {
    https: read('https_proxy') ?? read('HTTPS_PROXY'),
    http: read('http_proxy') ?? read('HTTP_PROXY'),
    noProxy: read('no_proxy') ?? read('NO_PROXY'),
  };
}
