// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';

/** A replaced log intake as the Agent takes it: `host:port`, and whether it is encrypted. A token is passed on, newer Agents take a URL too. */
export function logIntake(url: string | undefined): { [name: string]: string } {
  if (url === undefined || Token.isUnresolved(url)) {
    return url === undefined ? {} : { DD_LOGS_CONFIG_LOGS_DD_URL: url };
  }
  const { hostname, port, protocol } = new URL(url);
  const plain = protocol === 'http:';
  return {
    DD_LOGS_CONFIG_LOGS_DD_URL: `${hostname}:${port || (plain ? '80' : '443')}`,
    ...(plain ? { DD_LOGS_CONFIG_LOGS_NO_SSL: 'true' } : {}),
  };
}
