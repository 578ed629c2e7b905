// SPDX-License-Identifier: Apache-2.0

/** Where an Agent runs, seen from its features: what they may rely on differs. */
export enum AgentPlatform {
  /** One Agent a container instance, run by `AgentDaemonService` on EC2 Linux. */
  EC2_DAEMON = 'EC2 daemon',

  /** One Agent a task, run by `FargateAgentSidecar` on Fargate Linux. */
  FARGATE_SIDECAR = 'Fargate sidecar',
}
