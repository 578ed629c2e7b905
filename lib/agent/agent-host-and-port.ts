// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';

/** A URL as the Agent's log settings take an address: `host:port`. A token is passed on, the Agent takes a URL too. */
export function agentHostAndPort(url: string): string {
  if (Token.isUnresolved(url)) {
    return url;
  }
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port || (protocol === 'http:' ? '80' : '443')}`;
}
