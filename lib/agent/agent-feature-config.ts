// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AgentPlatform } from './agent-platform';
import { DatadogAccount } from '../datadog';

/** What a feature may look at when it is bound. */
export interface AgentFeatureContext {
  /** Where the Agent runs. */
  readonly platform: AgentPlatform;

  /** Who is reported to. */
  readonly datadog: DatadogAccount;
}

/** A path of the host, or of a volume that the task's containers share, as a container sees it. */
export interface AgentMount {
  /** Name of the volume in the task definition. The same name always means the same volume. */
  readonly volumeName: string;

  /**
   * The path on the container instance.
   *
   * @default - none; an empty volume that lives as long as the task
   */
  readonly hostPath?: string;

  /** The path in the container. */
  readonly containerPath: string;

  /**
   * Whether the container may only read.
   *
   * @default true
   */
  readonly readOnly?: boolean;
}

/** A port that the Agent listens on. On EC2 it is the same on the host. */
export interface AgentPort {
  /** The port's number. */
  readonly port: number;

  /** The protocol. */
  readonly protocol: ecs.Protocol;
}

/** What one feature needs of the Agent and of the applications that it watches. */
export interface AgentFeatureConfig {
  /**
   * Settings of the Agent.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };

  /**
   * What the Agent sees of its host.
   *
   * @default - nothing
   */
  readonly mounts?: AgentMount[];

  /**
   * Ports that the Agent listens on.
   *
   * @default - none
   */
  readonly ports?: AgentPort[];

  /**
   * Process namespace that the Agent's task needs.
   *
   * @default - the task's own setting
   */
  readonly pidMode?: ecs.PidMode;

  /**
   * What the Agent's task role must be allowed to do.
   *
   * @default - nothing
   */
  readonly taskRolePolicy?: iam.PolicyStatement[];

  /**
   * Settings of the application containers. A container's own value wins.
   *
   * @default - none
   */
  readonly applicationEnvironment?: { [name: string]: string };

  /**
   * What application containers see of a volume that they share with the Agent.
   *
   * @default - nothing
   */
  readonly applicationMounts?: AgentMount[];

  /**
   * Whether applications reach the Agent by its address, `DD_AGENT_HOST`.
   *
   * @default false
   */
  readonly applicationNeedsAgentHost?: boolean;
}
