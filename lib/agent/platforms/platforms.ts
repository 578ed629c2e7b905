// SPDX-License-Identifier: Apache-2.0
import { ec2Daemon } from './ec2-daemon';
import { ec2WindowsDaemon } from './ec2-windows-daemon';
import { externalDaemon } from './external-daemon';
import { fargateSidecar } from './fargate-sidecar';
import { fargateWindowsSidecar } from './fargate-windows-sidecar';
import { managedDaemon } from './managed-daemon';
import { managedSidecar } from './managed-sidecar';
import { PlatformDefinition } from './platform-definition';
import { AgentPlatform } from '../agent-platform';

const PLATFORMS: Record<AgentPlatform, PlatformDefinition> = {
  [AgentPlatform.EC2_DAEMON]: ec2Daemon,
  [AgentPlatform.EC2_WINDOWS_DAEMON]: ec2WindowsDaemon,
  [AgentPlatform.EXTERNAL_DAEMON]: externalDaemon,
  [AgentPlatform.MANAGED_DAEMON]: managedDaemon,
  [AgentPlatform.MANAGED_SIDECAR]: managedSidecar,
  [AgentPlatform.FARGATE_SIDECAR]: fargateSidecar,
  [AgentPlatform.FARGATE_WINDOWS_SIDECAR]: fargateWindowsSidecar,
};

/** What an Agent finds on a platform. */
export function definitionOf(platform: AgentPlatform): PlatformDefinition {
  return PLATFORMS[platform];
}
