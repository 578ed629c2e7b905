// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
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
  if (definitionOf(platform).runsWindows) {
    throw new Error(`'readonlyRootFilesystem' must be false for a ${platform}, since Windows has none, got: 'true'`);
  }
  const isMounted = ({ containerPath }: AgentMount) => mounted.some((mount) => mount.containerPath === containerPath);
  return {
    mounts: [...WRITABLE, SOCKETS].filter((mount) => !isMounted(mount)),
    initContainers: [{
      name: 'datadog-agent-config',
      command: ['/bin/sh', '-c', 'cp -nR /etc/datadog-agent/* /agent-config/ && exit 0'],
      // It reads what its own group may read, and writes to a volume of its own.
      dropCapabilities: [ecs.Capability.ALL],
      mounts: [{ volumeName: 'agent-config', containerPath: '/agent-config', readOnly: false }],
    }],
  };
}
