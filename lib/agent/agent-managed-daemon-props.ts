// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AgentOptions } from './agent-options';

/** Properties of an `AgentManagedDaemon`. */
export interface AgentManagedDaemonProps extends AgentOptions {
  /** The cluster. */
  readonly cluster: ecs.ICluster;

  /** The capacity providers whose instances get an Agent. One Agent a capacity provider: two would fight for its sockets. */
  readonly capacityProviders: ecs.ManagedInstancesCapacityProvider[];

  /**
   * CPU units of the Agent; 1024 are one vCPU.
   *
   * @default - 256, or more if a feature needs it
   */
  readonly cpu?: number;

  /**
   * Memory of the Agent in MiB.
   *
   * @default - 512, or more if a feature needs it
   */
  readonly memoryLimitMiB?: number;

  /**
   * Whether ECS drains an instance, and stops its tasks, when the Agent on it fails. By default a broken Agent costs telemetry, not availability.
   *
   * @default false
   */
  readonly critical?: boolean;

  /**
   * How many of the instances, in percent, are drained and replaced at a time when the Agent changes.
   *
   * @default 25
   */
  readonly drainPercent?: number;

  /**
   * How long a new Agent is watched before its deployment is done. Whole minutes.
   *
   * @default - not at all
   */
  readonly bakeTime?: Duration;

  /**
   * Alarms that take a new Agent back while it is deployed.
   *
   * @default - none; ECS takes it back if it does not start
   */
  readonly deploymentAlarms?: cloudwatch.IAlarm[];

  /**
   * Where the Agent's own output goes: `awslogs` or `splunk`.
   *
   * @default - a log group of this construct, kept for a month
   */
  readonly logging?: ecs.LogDriver;

  /**
   * The role that pulls the image and reads the key.
   *
   * @default - a new role
   */
  readonly executionRole?: iam.IRole;

  /**
   * The role of the Agent itself. It is granted what the features need, which is nothing for the recommended ones.
   *
   * @default - a new role
   */
  readonly taskRole?: iam.IRole;

  /**
   * The family of the daemon's task definition.
   *
   * @default - CloudFormation generates it
   */
  readonly family?: string;

  /**
   * The name of the daemon.
   *
   * @default - CloudFormation generates it
   */
  readonly daemonName?: string;

  /**
   * Whether ECS tags the Agent's tasks with cluster and daemon.
   *
   * @default true
   */
  readonly enableECSManagedTags?: boolean;

  /**
   * Whether the Agent's tasks get the daemon's tags.
   *
   * @default true
   */
  readonly propagateTags?: boolean;

  /**
   * Whether ECS Exec may open a shell in the Agent.
   *
   * @default false
   */
  readonly enableExecuteCommand?: boolean;
}
