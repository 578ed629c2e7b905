// SPDX-License-Identifier: Apache-2.0
import { ApplicationOptions } from './application-options';

/** Unified service tags of an application, https://docs.datadoghq.com/getting_started/tagging/unified_service_tagging/, and what is said of its containers. */
export interface InstrumentOptions extends ApplicationOptions {
  /**
   * The name of the service: the `service` tag. A container's own `DD_SERVICE` wins.
   *
   * @default - the container's own `DD_SERVICE`, else the name of the ECS service, else the task definition's family
   */
  readonly service?: string;

  /**
   * The deployed version: the `version` tag. A container's own `DD_VERSION` wins.
   *
   * @default - the container's own `DD_VERSION`, else none
   */
  readonly version?: string;

  /**
   * The environment, for example `prod`: the `env` tag. A container's own `DD_ENV` wins.
   *
   * @default - the `env` of the construct that monitors the task
   */
  readonly env?: string;

  /**
   * Additional tags for traces and custom metrics (`DD_TAGS`).
   *
   * @default - none
   */
  readonly tags?: { readonly [key: string]: string };
}
