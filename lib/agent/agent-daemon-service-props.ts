// SPDX-License-Identifier: Apache-2.0
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AgentOptions } from './agent-options';

/** Properties of an `AgentDaemonService`. */
export interface AgentDaemonServiceProps extends AgentOptions {
  /** The cluster, with instances by the time of synthesis. Import one with `Cluster.fromClusterAttributes`, which can tell. */
  readonly cluster: ecs.ICluster;

  /**
   * Which of the cluster's instances: those on EC2, or the external ones of ECS Anywhere (`EXTERNAL`). A cluster with both takes a daemon for each.
   *
   * @default ecs.LaunchType.EC2
   */
  readonly launchType?: ecs.LaunchType;

  /**
   * The instances' operating system. A cluster with both takes a daemon for each. External instances are watched on Linux only.
   *
   * @default ec2.OperatingSystemType.LINUX
   */
  readonly operatingSystem?: ec2.OperatingSystemType;

  /**
   * Whether the cluster has EC2 capacity, where it does not know: its instances are registered by other means, for example.
   *
   * @default - what the cluster says at synthesis
   */
  readonly ec2Capacity?: boolean;

  /**
   * The Agent's network: `BRIDGE` or `HOST`, on Windows `NAT`. Except with `HOST`, the instances' metadata hop limit has to be 2 or more, else host tags are
   * missing.
   *
   * @default - `ecs.NetworkMode.BRIDGE`; on Windows `ecs.NetworkMode.NAT`
   */
  readonly networkMode?: ecs.NetworkMode;

  /**
   * CPU units reserved for the Agent; 1024 are one vCPU.
   *
   * @default - 256, on Windows 512, or more if a feature needs it
   */
  readonly cpu?: number;

  /**
   * Memory limit of the Agent in MiB.
   *
   * @default - 512, or more if a feature needs it
   */
  readonly memoryLimitMiB?: number;

  /**
   * Where the Agent's own output goes.
   *
   * @default - a log group of this construct, kept for a month
   */
  readonly logging?: ecs.LogDriver;

  /**
   * What Docker's security profiles allow the Agent. Where AppArmor guards the instances, as on Ubuntu and Debian, features that look into the kernel need
   * `['apparmor:unconfined']`: network and service monitoring, Workload Protection.
   *
   * @default - none
   * @see https://docs.datadoghq.com/universal_service_monitoring/setup/
   */
  readonly dockerSecurityOptions?: string[];

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
   * The family of the Agent's task definition.
   *
   * @default - CDK generates it
   */
  readonly family?: string;

  /**
   * The name of the ECS service.
   *
   * @default - CloudFormation generates it
   */
  readonly serviceName?: string;

  /**
   * Whether ECS tags the Agent's tasks with cluster and service.
   *
   * @default true
   */
  readonly enableECSManagedTags?: boolean;

  /**
   * Whose tags the Agent's tasks get.
   *
   * @default ecs.PropagatedTagSource.SERVICE
   */
  readonly propagateTags?: ecs.PropagatedTagSource;

  /**
   * Whether ECS Exec may open a shell in the Agent.
   *
   * @default false
   */
  readonly enableExecuteCommand?: boolean;
}
