// SPDX-License-Identifier: Apache-2.0
import { Unsupported } from './feature-definition';
import { AgentPlatform } from '../agent-platform';

type Platforms = { [platform in AgentPlatform]?: Unsupported };

const WINDOWS = [AgentPlatform.EC2_WINDOWS_DAEMON, AgentPlatform.FARGATE_WINDOWS_SIDECAR];
const SIDECARS = [AgentPlatform.FARGATE_SIDECAR, AgentPlatform.FARGATE_WINDOWS_SIDECAR, AgentPlatform.MANAGED_SIDECAR];

/** The same reason for several platforms. */
export function on(platforms: AgentPlatform[], unsupported: Unsupported): Platforms {
  return Object.fromEntries(platforms.map((platform) => [platform, unsupported]));
}

/** A feature that works on Linux only. */
export function onWindows(unsupported: Unsupported): Platforms {
  return on(WINDOWS, unsupported);
}

/** A feature that needs to see the host. */
export function besideApplications(unsupported: Unsupported): Platforms {
  return on(SIDECARS, unsupported);
}
