// SPDX-License-Identifier: Apache-2.0
import { checkUrl } from '../private/url-syntax';

/**
 * Addresses that replace those of the site, each a whole URL such as `https://vpce-0123.logs.example:443`.
 * What is left out derives from the site.
 *
 * @see https://docs.datadoghq.com/agent/guide/private-link/
 */
export interface DatadogEndpoints {
  /**
   * The logs intake, for the Agent, FireLens and the forwarder alike. Without a path the intake's own, `/api/v2/logs`, is added.
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
   * Datadog's API.
   *
   * @default - the site's
   */
  readonly api?: string;
}

/** Throws on the first address that is no URL. */
export function checkEndpoints(endpoints: DatadogEndpoints = {}): void {
  for (const [name, url] of Object.entries(endpoints)) {
    checkUrl(`endpoints.${name}`, url);
  }
}
