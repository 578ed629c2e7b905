// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';
import { plainSecretsIn } from './plain-secrets';

/** What an integration is told of the server in the container. */
export interface IntegrationOptions {
  /**
   * The port that the server listens on.
   *
   * @default - the server's usual port
   */
  readonly port?: number;

  /**
   * Further settings of the instance in the integration's own form, as its `conf.yaml.example` has them. They win over the others here. Passwords do not
   * belong here, since they would stand in the template: use `AutodiscoveryVariable.env`.
   *
   * @default - none
   */
  readonly settings?: { readonly [name: string]: any };
}

/** What an integration is told that reads a page of the server's. */
export interface StatusPageOptions extends IntegrationOptions {
  /**
   * The path of the page, with a leading slash.
   *
   * @default - the integration's usual path
   */
  readonly path?: string;
}

/** What an integration is told that logs in. */
export interface LoginOptions extends IntegrationOptions {
  /**
   * Whom the Agent logs in as.
   *
   * @default - nobody in particular
   */
  readonly username?: string;

  /**
   * The name of the Agent's own setting that holds the password, one of the Agent's `secrets`. The password itself would stand in the template.
   *
   * @default - no password
   */
  readonly passwordVariable?: string;
}

/** What an integration is told that connects to one database of a server. */
export interface DatabaseOptions extends LoginOptions {
  /**
   * The database to connect to.
   *
   * @default - the integration's usual one
   */
  readonly database?: string;
}

/** Throws on what no server listens on, and on passwords in plain text. */
export function checkIntegrationOptions({ port, settings = {}, path }: StatusPageOptions): void {
  if (port !== undefined && !Token.isUnresolved(port) && !(Number.isInteger(port) && port >= 1 && port <= 65535)) {
    throw new Error(`'port' must be a whole number from 1 to 65535, got: '${port}'`);
  }
  if (path !== undefined && !Token.isUnresolved(path) && !path.startsWith('/')) {
    throw new Error(`'path' must start with a slash, got: '${path}'`);
  }
  const [secret] = plainSecretsIn(settings);
  if (secret !== undefined) {
    // The value is not repeated, since it is a secret.
    throw new Error(`'settings.${secret}' must not hold a password in plain text, since it stands in the template; use AutodiscoveryVariable.env('…')`);
  }
}
