// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { FeatureDefinition } from './feature-definition';
import { REMOTE_CONFIGURATION_SOURCE, hasRemoteConfiguration } from './government-sites';
import {
  HOST_ROOT_ENVIRONMENT, HOST_ROOT_MOUNT, KERNEL_DEBUG_MOUNT, OS_RELEASE_MOUNT, PASSWD_MOUNT, SYSTEM_PROBE_CAPABILITIES,
  notDocumentedForManagedDaemons,
} from './system-probe';
import { on } from './unsupported';
import { DatadogAccount, DatadogSite } from '../../datadog';
import { IMAGE_VERSIONS } from '../../private/image-versions';
import { AgentFeatureConfig } from '../agent-feature-config';
import { AgentPlatform } from '../agent-platform';

/** Options of `AgentFeature.workloadProtection`. */
export interface WorkloadProtectionOptions {
  /**
   * Whether rules come from Datadog and are kept up to date there; otherwise the Agent has those of its image only. The key needs Remote Configuration.
   *
   * @default - true, except on the sites for governments, which have no Remote Configuration
   * @see https://docs.datadoghq.com/security/workload_protection/setup/
   */
  readonly remoteConfiguration?: boolean;
}

export const workloadProtection: FeatureDefinition<WorkloadProtectionOptions> = {
  name: 'workload-protection',
  unsupported: {
    ...on([AgentPlatform.EC2_WINDOWS_DAEMON, AgentPlatform.FARGATE_WINDOWS_SIDECAR], {
      reason: 'Datadog documents it for Windows hosts, with an installer, and not for Windows containers',
      source: 'https://docs.datadoghq.com/security/workload_protection/setup/windows/',
    }),
    ...on([AgentPlatform.MANAGED_SIDECAR], {
      reason: 'an Agent beside an application has no access to the kernel of its host, and Datadog documents the form without eBPF for Fargate only',
      source: 'https://docs.datadoghq.com/security/workload_protection/setup/fargate/',
    }),
    ...notDocumentedForManagedDaemons(),
  },

  bind(options, { platform, datadog }) {
    const environment = settings(options, datadog.site);
    return platform === AgentPlatform.FARGATE_SIDECAR ? besideApplication(environment, datadog) : onHost(environment);
  },
};

function settings({ remoteConfiguration }: WorkloadProtectionOptions, site: DatadogSite): { [name: string]: string } {
  const isThere = hasRemoteConfiguration(site);
  if (remoteConfiguration && isThere === false) {
    throw new Error(`'remoteConfiguration' of AgentFeature.workloadProtection() must be false for '${site.domain}', since Datadog for Government has none `
      + `(${REMOTE_CONFIGURATION_SOURCE}), got: 'true'`);
  }
  const takesRules = remoteConfiguration ?? isThere;
  return {
    DD_RUNTIME_SECURITY_CONFIG_ENABLED: 'true',
    // Where only the deployment knows the site, the Agent decides.
    ...(takesRules === undefined ? {} : { DD_RUNTIME_SECURITY_CONFIG_REMOTE_CONFIGURATION_ENABLED: String(takesRules) }),
  };
}

/**
 * With eBPF, https://docs.datadoghq.com/security/workload_protection/setup/ecs_ec2/. `DD_SYSTEM_PROBE_ENABLED`, which that page has besides, is deprecated and
 * would switch network monitoring on.
 */
function onHost(environment: { [name: string]: string }): AgentFeatureConfig {
  return {
    environment: { ...environment, ...HOST_ROOT_ENVIRONMENT },
    capabilities: SYSTEM_PROBE_CAPABILITIES,
    mounts: [PASSWD_MOUNT, OS_RELEASE_MOUNT, KERNEL_DEBUG_MOUNT, HOST_ROOT_MOUNT],
  };
}

/** Where the wrapper is found that reports what an application does. */
const WRAPPER_VOLUME = { volumeName: 'cws-instrumentation-volume', containerPath: '/cws-instrumentation-volume' };

/**
 * Without eBPF, which needs a host: each application is run by a wrapper that traces it and tells the Agent.
 * https://docs.datadoghq.com/security/workload_protection/setup/fargate/
 */
function besideApplication(environment: { [name: string]: string }, datadog: DatadogAccount): AgentFeatureConfig {
  return {
    environment: { ...environment, DD_RUNTIME_SECURITY_CONFIG_EBPFLESS_ENABLED: 'true' },
    pidMode: ecs.PidMode.TASK,
    initContainers: [{
      name: 'cws-instrumentation-init',
      // Released with the Agent, under its version.
      image: ecs.ContainerImage.fromRegistry(`${datadog.imageRegistry}/cws-instrumentation:${IMAGE_VERSIONS.agent}`),
      command: ['/cws-instrumentation', 'setup', '--cws-volume-mount', WRAPPER_VOLUME.containerPath],
      // The task's volumes belong to root.
      user: '0',
      dropCapabilities: [ecs.Capability.ALL],
      mounts: [{ ...WRAPPER_VOLUME, readOnly: false }],
      applicationsWait: true,
    }],
    applicationWrapper: [`${WRAPPER_VOLUME.containerPath}/cws-instrumentation`, 'trace', '--'],
    applicationMounts: [{ ...WRAPPER_VOLUME, readOnly: true }],
    applicationCapabilities: [ecs.Capability.SYS_PTRACE],
    // The wrapper ends the application when it finds no Agent.
    applicationAwaitsAgent: true,
  };
}
