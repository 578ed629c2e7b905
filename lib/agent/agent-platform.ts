// SPDX-License-Identifier: Apache-2.0

/** Where an Agent runs. It determines what features can rely on. */
export enum AgentPlatform {
  /** One Agent per container instance, on EC2 Linux: `AgentDaemonService`. */
  EC2_DAEMON = 'EC2 daemon',

  /** One Agent a container instance, run by `AgentDaemonService` on EC2 Windows. */
  EC2_WINDOWS_DAEMON = 'EC2 Windows daemon',

  /** One Agent an external instance, run by `AgentDaemonService` on ECS Anywhere. */
  EXTERNAL_DAEMON = 'ECS Anywhere daemon',

  /** One Agent an instance that ECS manages, run by `AgentManagedDaemon` on ECS Managed Instances. */
  MANAGED_DAEMON = 'Managed Instances daemon',

  /** One Agent a task, run by `FargateAgentSidecar` on ECS Managed Instances. */
  MANAGED_SIDECAR = 'Managed Instances sidecar',

  /** One Agent a task, run by `FargateAgentSidecar` on Fargate Linux. */
  FARGATE_SIDECAR = 'Fargate sidecar',

  /** One Agent a task, run by `FargateAgentSidecar` on Fargate Windows. */
  FARGATE_WINDOWS_SIDECAR = 'Fargate Windows sidecar',
}
