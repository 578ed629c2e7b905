// SPDX-License-Identifier: Apache-2.0
import { checkUrl } from '../private/url-syntax';

/**
 * Addresses that replace those of the site, each a whole URL such as `https://vpce-0123.logs.example:443`. What is left out derives from the site.
 *
 * They are for AWS PrivateLink, for an Observability Pipelines Worker, or for an intake of your own in tests. `http` is accepted for the latter two, inside
 * a network that you trust: everything, the API key included, then travels unencrypted. User names, passwords and keys are refused.
 *
 * @see https://docs.datadoghq.com/agent/guide/private-link/
 * @see https://docs.datadoghq.com/observability_pipelines/
 */
export interface DatadogEndpoints {
  /**
   * The logs intake, for the Agent and the forwarder alike. For the forwarder, the path `/api/v2/logs` is added where there is none.
   *
   * @default - the site's
   */
  readonly logs?: string;

  /**
   * The metrics intake of the Agent (`DD_DD_URL`).
   *
   * @default - the site's
   */
  readonly metrics?: string;

  /**
   * The trace intake of the Agent (`DD_APM_DD_URL`).
   *
   * @default - the site's
   */
  readonly traces?: string;

  /**
   * The process and container intake of the Agent (`DD_PROCESS_CONFIG_PROCESS_DD_URL`).
   *
   * @default - the site's
   */
  readonly processes?: string;

  /**
   * The intake for ECS tasks (`DD_ORCHESTRATOR_EXPLORER_ORCHESTRATOR_DD_URL`).
   *
   * @default - the site's
   */
  readonly orchestrator?: string;

  /**
   * Datadog's API, for monitors and all else that is kept there.
   *
   * @default - the site's
   */
  readonly api?: string;
}

/** Throws on the first address that is no URL or that holds a credential. */
export function checkEndpoints(endpoints: DatadogEndpoints = {}): void {
  for (const [name, url] of Object.entries(endpoints)) {
    checkUrl(`endpoints.${name}`, url);
  }
}
