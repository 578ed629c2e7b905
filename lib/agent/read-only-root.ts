// SPDX-License-Identifier: Apache-2.0
import { AgentInitContainer, AgentMount } from './agent-feature-config';
import { AgentPlatform } from './agent-platform';
import { definitionOf } from './platforms/platforms';

/** Where the Agent writes, https://docs.datadoghq.com/integrations/ecs_fargate/. */
const WRITABLE: AgentMount[] = [
  { volumeName: 'agent-config', containerPath: '/etc/datadog-agent', readOnly: false },
  { volumeName: 'agent-tmp', containerPath: '/tmp', readOnly: false },
  { volumeName: 'agent-run', containerPath: '/opt/datadog-agent/run', readOnly: false },
  { volumeName: 'agent-logs', containerPath: '/var/log/datadog', readOnly: false },
];
const SOCKETS: AgentMount = { volumeName: 'dd-sockets', containerPath: '/var/run/datadog', readOnly: false };

/** What an Agent needs whose root file system is read-only: volumes for all that it writes, and its configuration in one of them. */
export interface ReadOnlyRoot {
  readonly mounts: AgentMount[];
  readonly initContainers: AgentInitContainer[];
}

/**
 * Leaves out what features mount already.
 *
 * @throws if the platform cannot have it
 */
export function readOnlyRoot(platform: AgentPlatform, mounted: AgentMount[]): ReadOnlyRoot {
  if (definitionOf(platform).runsWindows || platform === AgentPlatform.MANAGED_DAEMON) {
    throw new Error(`'readonlyRootFilesystem' must be false for a ${platform}, since `
      + `${definitionOf(platform).runsWindows ? 'Windows has none' : 'a managed daemon has no volumes but paths of the host'}, got: 'true'`);
  }
  const isMounted = ({ containerPath }: AgentMount) => mounted.some((mount) => mount.containerPath === containerPath);
  return {
    mounts: [...WRITABLE, SOCKETS].filter((mount) => !isMounted(mount)),
    initContainers: [{
      name: 'datadog-agent-config',
      command: ['/bin/sh', '-c', 'cp -nR /etc/datadog-agent/* /agent-config/ && exit 0'],
      mounts: [{ volumeName: 'agent-config', containerPath: '/agent-config', readOnly: false }],
    }],
  };
}
