// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Unsupported } from './feature-definition';
import { besideApplications, on } from './unsupported';
import { AgentMount } from '../agent-feature-config';
import { AgentPlatform } from '../agent-platform';

/** What the part of the Agent that looks into the kernel may do, https://docs.datadoghq.com/network_monitoring/cloud_network_monitoring/setup/. */
export const SYSTEM_PROBE_CAPABILITIES: ecs.Capability[] = [
  ecs.Capability.SYS_ADMIN,
  ecs.Capability.SYS_RESOURCE,
  ecs.Capability.SYS_PTRACE,
  ecs.Capability.NET_ADMIN,
  ecs.Capability.NET_BROADCAST,
  ecs.Capability.NET_RAW,
  ecs.Capability.IPC_LOCK,
  ecs.Capability.CHOWN,
];

/** Where its probes are registered, so it is written to. */
export const KERNEL_DEBUG_MOUNT: AgentMount = { volumeName: 'debug', hostPath: '/sys/kernel/debug', containerPath: '/sys/kernel/debug', readOnly: false };

/** User names in place of numbers. */
export const PASSWD_MOUNT: AgentMount = { volumeName: 'passwd', hostPath: '/etc/passwd', containerPath: '/etc/passwd' };

/** Which distribution the host runs. */
export const OS_RELEASE_MOUNT: AgentMount = { volumeName: 'os_release', hostPath: '/etc/os-release', containerPath: '/host/etc/os-release' };

/** The files of the host. */
export const HOST_ROOT_MOUNT: AgentMount = { volumeName: 'root', hostPath: '/', containerPath: '/host/root' };

/** Where the Agent finds the files of the host, https://docs.datadoghq.com/security/workload_protection/setup/docker/. */
export const HOST_ROOT_ENVIRONMENT = { HOST_ROOT: HOST_ROOT_MOUNT.containerPath };

/** Where nothing can look into the kernel. */
export function withoutKernel(source: string): { [platform in AgentPlatform]?: Unsupported } {
  return besideApplications({ reason: 'an Agent beside an application has no access to the kernel of its host', source });
}

/** Where Datadog does not document more than network monitoring and processes. */
export function notDocumentedForManagedDaemons(): { [platform in AgentPlatform]?: Unsupported } {
  return on([AgentPlatform.MANAGED_DAEMON], {
    reason: 'Datadog documents metrics, traces, processes and network monitoring for managed daemons, and nothing else',
    source: 'https://docs.datadoghq.com/containers/amazon_ecs/managed_instances/',
  });
}
