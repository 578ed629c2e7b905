// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { AgentFeature } from './agent-feature';
import { DatadogAccount } from '../datadog';

/** Options that every Agent has, wherever it runs. */
export interface AgentOptions {
  /** The Datadog account to report to. */
  readonly datadog: DatadogAccount;

  /**
   * Features to enable in addition to the recommended ones. A feature given here replaces a recommended one of the same name.
   *
   * @default - the recommended features only
   */
  readonly features?: AgentFeature[];

  /**
   * Whether the recommended features are enabled: traces, DogStatsD, the ECS explorer and, in a daemon, log collection.
   *
   * @default true
   */
  readonly defaultFeatures?: boolean;

  /**
   * The environment of the applications, for example `prod`: their `env` tag. The Agent itself is not tagged with it.
   *
   * @default - none
   */
  readonly env?: string;

  /**
   * Additional tags for everything that the Agent sends (`DD_TAGS`). The applications next to a sidecar get them as well, for their traces.
   *
   * @default - none
   */
  readonly tags?: { readonly [key: string]: string };

  /**
   * Additional environment variables for the Agent. They take precedence over those of the features. Variables that hold keys are rejected, since the
   * template would show them: names that end in `API_KEY`, `APP_KEY`, `APPLICATION_KEY` or `ADDITIONAL_ENDPOINTS`.
   *
   * @default - none
   * @see https://docs.datadoghq.com/agent/guide/environment-variables/
   */
  readonly environment?: { readonly [name: string]: string };

  /**
   * The Agent's image.
   *
   * @default - Datadog's image at a pinned version, from the account's `imageRegistry`
   */
  readonly image?: ecs.ContainerImage;

  /**
   * How the Agent's health is checked.
   *
   * @default - `agent health` every 30 seconds, with 3 retries and a start period of 1 minute
   */
  readonly healthCheck?: ecs.HealthCheck;
}
