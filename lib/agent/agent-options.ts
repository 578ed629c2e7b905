// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { AgentFeature } from './agent-feature';
import { DatadogAccount } from '../datadog';

/** What can be said of an Agent, whatever it runs on. */
export interface AgentOptions {
  /** Who is reported to. */
  readonly datadog: DatadogAccount;

  /**
   * What the Agent does besides the recommended features. A feature given here replaces a recommended one of the same name.
   *
   * @default - the recommended features only
   */
  readonly features?: AgentFeature[];

  /**
   * Whether the recommended features are on: traces, DogStatsD, the ECS explorer and, in a daemon, log collection.
   *
   * @default true
   */
  readonly defaultFeatures?: boolean;

  /**
   * The environment that applications report, for example `prod`. It tags applications, not the Agent itself.
   *
   * @default - none
   */
  readonly env?: string;

  /**
   * More tags for everything that the Agent sends, `DD_TAGS`. The applications beside a sidecar get them too, for their traces.
   *
   * @default - none
   */
  readonly tags?: { readonly [key: string]: string };

  /**
   * Further settings of the Agent, which win over those of the features. Keys do not belong here: they would stand in the template.
   *
   * @default - none
   * @see https://docs.datadoghq.com/agent/guide/environment-variables/
   */
  readonly environment?: { readonly [name: string]: string };

  /**
   * The Agent's image.
   *
   * @default - Datadog's, of a fixed version, from the account's `imageRegistry`
   */
  readonly image?: ecs.ContainerImage;

  /**
   * How the Agent's health is checked.
   *
   * @default - `agent health` every 30 seconds, three retries, a minute to start
   */
  readonly healthCheck?: ecs.HealthCheck;
}
