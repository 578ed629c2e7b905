// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AgentPlatform } from './agent-platform';
import { DatadogAccount } from '../datadog';

/** What a feature knows when it is bound to an Agent. */
export interface AgentFeatureContext {
  /** Where the Agent runs. */
  readonly platform: AgentPlatform;

  /** The Datadog account to report to. */
  readonly datadog: DatadogAccount;
}

/** A volume mounted into a container: a path of the container instance, or an empty volume that the task's containers share. */
export interface AgentMount {
  /** The volume's name in the task definition. Mounts with the same name share one volume. */
  readonly volumeName: string;

  /**
   * The path on the container instance.
   *
   * @default - none; an empty volume that exists for as long as the task
   */
  readonly hostPath?: string;

  /** The path in the container. */
  readonly containerPath: string;

  /**
   * Whether the mount is read-only.
   *
   * @default true
   */
  readonly readOnly?: boolean;
}

/** A port that the Agent listens on. On EC2, the host port is the same. */
export interface AgentPort {
  /** The port number. */
  readonly port: number;

  /** The protocol. */
  readonly protocol: ecs.Protocol;
}

/** What a feature needs from the Agent and from the applications that the Agent monitors. */
export interface AgentFeatureConfig {
  /**
   * Environment variables of the Agent. Variables that hold keys are rejected.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };

  /**
   * Volumes that are mounted into the Agent's container.
   *
   * @default - none
   */
  readonly mounts?: AgentMount[];

  /**
   * Ports that the Agent listens on.
   *
   * @default - none
   */
  readonly ports?: AgentPort[];

  /**
   * The process namespace that the Agent's task needs.
   *
   * @default - the task's own setting
   */
  readonly pidMode?: ecs.PidMode;

  /**
   * Permissions that the Agent's task role needs.
   *
   * @default - none
   */
  readonly taskRolePolicy?: iam.PolicyStatement[];

  /**
   * Environment variables of the application containers. A container's own value wins.
   *
   * @default - none
   */
  readonly applicationEnvironment?: { [name: string]: string };

  /**
   * Volumes shared with the Agent that are mounted into the application containers.
   *
   * @default - none
   */
  readonly applicationMounts?: AgentMount[];

  /**
   * Whether applications need the Agent's address (`DD_AGENT_HOST`).
   *
   * @default false
   */
  readonly applicationNeedsAgentHost?: boolean;
}
