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
   * Whether the recommended features are on: traces, DogStatsD, live containers, the ECS explorer and, in a daemon on EC2 or
   * ECS Anywhere, log collection. Remote Configuration, which every Agent has by default, goes with them, except on the sites for governments.
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
   * Further settings of the Agent that nobody should read in the template, by their names. The execution role is granted to read them.
   *
   * @default - none
   */
  readonly secrets?: { readonly [name: string]: ecs.Secret };

  /**
   * Whether the root file system of the Agent's container is read-only. The Agent then writes to volumes of the task, which one more container fills with
   * the Agent's configuration before it starts. Not on Windows.
   *
   * @default false
   */
  readonly readonlyRootFilesystem?: boolean;

  /**
   * The Agent's image.
   *
   * @default - Datadog's, of a fixed version and the flavor that the features need, from the account's `imageRegistry`
   */
  readonly image?: ecs.ContainerImage;

  /**
   * Whether the Agent's task role may ask ECS about the cluster, its instances and, in a daemon, their tasks, with the actions that Datadog's pages name. The
   * Agent works without: it reads the metadata of its task or host, and the role of Datadog's AWS integration has the same actions. Some of them know no
   * narrower resource than `*`.
   *
   * @default false
   */
  readonly clusterMetadataAccess?: boolean;

  /**
   * How the Agent's health is checked.
   *
   * @default - `agent health` every 30 seconds, three retries, a minute to start; none on Windows
   */
  readonly healthCheck?: ecs.HealthCheck;
}
