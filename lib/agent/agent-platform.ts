// SPDX-License-Identifier: Apache-2.0

/** Where an Agent runs. It determines what features can rely on. */
export enum AgentPlatform {
  /** One Agent per container instance, on EC2 Linux: `AgentDaemonService`. */
  EC2_DAEMON = 'EC2 daemon',

  /** One Agent per task, on Fargate Linux: `FargateAgentSidecar`. */
  FARGATE_SIDECAR = 'Fargate sidecar',
}
