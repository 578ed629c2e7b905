// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AgentImageFlavor } from './agent-image-flavor';
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

  /**
   * Whether Docker keeps the volume on the container instance under its name, so that it outlives the task where no path of the host can be mounted.
   * Excludes `hostPath`; for daemons only.
   *
   * @default false
   */
  readonly dockerVolume?: boolean;

  /** The path in the container. */
  readonly containerPath: string;

  /**
   * Whether the mount is read-only.
   *
   * @default true
   */
  readonly readOnly?: boolean;
}

/** A port that the Agent listens on. In a daemon it is the same on the host. */
export interface AgentPort {
  /** The port number. */
  readonly port: number;

  /** The protocol. */
  readonly protocol: ecs.Protocol;
}

/** An address of the Agent, as an application is told it: `<scheme>://<the Agent's host>:<port>`. */
export interface AgentUrl {
  /** What stands before the host, such as `http`. */
  readonly scheme: string;

  /** A port that the Agent listens on. */
  readonly port: number;
}

/** A container that prepares a volume for others, and ends before they start. */
export interface AgentInitContainer {
  /** The container's name, unique in the task. */
  readonly name: string;

  /**
   * The image, of a fixed version.
   *
   * @default - the Agent's own image
   */
  readonly image?: ecs.ContainerImage;

  /** What it runs. */
  readonly command: string[];

  /**
   * What the command is handed to.
   *
   * @default - the image's entry point
   */
  readonly entryPoint?: string[];

  /**
   * Whom it runs as.
   *
   * @default - the image's user
   */
  readonly user?: string;

  /**
   * Linux capabilities that it does without, of those that every container is given.
   *
   * @default - none
   */
  readonly dropCapabilities?: ecs.Capability[];

  /**
   * What it sees.
   *
   * @default - nothing
   */
  readonly mounts?: AgentMount[];

  /**
   * Whether the applications beside a sidecar wait for it as well, since what it prepares is for them.
   *
   * @default false
   */
  readonly applicationsWait?: boolean;
}

/** What one feature needs of the Agent and of the applications that it watches. */
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
   * Linux capabilities of the Agent's container, on top of those that Docker gives every container.
   *
   * @default - none
   */
  readonly capabilities?: ecs.Capability[];

  /**
   * What the Agent's image must have in it. An image that the user brings is taken as it is.
   *
   * @default - the plain image
   */
  readonly imageFlavor?: AgentImageFlavor;

  /**
   * CPU units that the Agent should have at least; 1024 are one vCPU. A size that the user gives wins.
   *
   * @default - the platform's usual size
   */
  readonly cpu?: number;

  /**
   * Memory that the Agent should have at least, in MiB. A size that the user gives wins.
   *
   * @default - the platform's usual size
   */
  readonly memoryLimitMiB?: number;

  /**
   * What the Agent's task role must be allowed to do.
   *
   * @default - none
   */
  readonly taskRolePolicy?: iam.PolicyStatement[];

  /**
   * Containers that have to end before the Agent starts and, by their own option, before the applications beside a sidecar do.
   *
   * @default - none
   */
  readonly initContainers?: AgentInitContainer[];

  /**
   * Settings of the application containers. A container's own value wins.
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
   * Linux capabilities of the application containers.
   *
   * @default - none
   */
  readonly applicationCapabilities?: ecs.Capability[];

  /**
   * What runs the application: it stands before the container's own entry point, which has to be known. A container without one is left as it is, with a
   * warning, and gets no capabilities and no order either.
   *
   * @default - none
   */
  readonly applicationWrapper?: string[];

  /**
   * Whether the applications beside a sidecar start only when the Agent is healthy. They do not wait for an Agent whose health nobody checks, as on Windows.
   *
   * @default false
   */
  readonly applicationAwaitsAgent?: boolean;

  /**
   * Whether applications reach the Agent by its address, `DD_AGENT_HOST`.
   *
   * @default false
   */
  readonly applicationNeedsAgentHost?: boolean;

  /**
   * Settings of the application containers that are an address of the Agent, by their names. A container's own value wins. Where the Agent's host is not
   * known before the task runs, as in network mode `bridge` on EC2, they are left out, with a warning.
   *
   * @default - none
   */
  readonly applicationAgentUrls?: { [name: string]: AgentUrl };
}
