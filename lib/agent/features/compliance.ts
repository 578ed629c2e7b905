// SPDX-License-Identifier: Apache-2.0
import { onInstancesOnly } from './cloud-security';
import { FeatureDefinition } from './feature-definition';
import { HOST_ROOT_ENVIRONMENT, HOST_ROOT_MOUNT, OS_RELEASE_MOUNT, PASSWD_MOUNT, SYSTEM_PROBE_CAPABILITIES } from './system-probe';

/** Options of `AgentFeature.compliance`. */
export interface ComplianceOptions {
  /**
   * Whether the instances themselves are held against the CIS benchmarks, not only Docker and its containers.
   *
   * @default true
   */
  readonly hostBenchmarks?: boolean;
}

/** Configurations of host and containers are read, the kernel is left alone: the mount of its debug files is not needed. */
export const compliance: FeatureDefinition<ComplianceOptions> = {
  name: 'compliance',
  unsupported: onInstancesOnly(),

  bind({ hostBenchmarks = true }) {
    return {
      environment: {
        DD_COMPLIANCE_CONFIG_ENABLED: 'true',
        DD_COMPLIANCE_CONFIG_HOST_BENCHMARKS_ENABLED: String(hostBenchmarks),
        ...HOST_ROOT_ENVIRONMENT,
      },
      capabilities: SYSTEM_PROBE_CAPABILITIES,
      mounts: [PASSWD_MOUNT, OS_RELEASE_MOUNT, HOST_ROOT_MOUNT],
    };
  },
};
