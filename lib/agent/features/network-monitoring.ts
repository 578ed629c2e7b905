// SPDX-License-Identifier: Apache-2.0
import { FeatureDefinition } from './feature-definition';
import { processIntake } from './process-intake';
import { KERNEL_DEBUG_MOUNT, SYSTEM_PROBE_CAPABILITIES, withoutKernel } from './system-probe';
import { onWindows } from './unsupported';

const SOURCE = 'https://docs.datadoghq.com/network_monitoring/cloud_network_monitoring/setup/';

export const networkMonitoring: FeatureDefinition<object> = {
  name: 'network-monitoring',
  unsupported: {
    ...withoutKernel(SOURCE),
    ...onWindows({ reason: 'it sees hosts of Windows only, not their containers', source: SOURCE }),
  },

  bind(_options, { datadog }) {
    return {
      environment: { DD_SYSTEM_PROBE_NETWORK_ENABLED: 'true', ...processIntake(datadog) },
      capabilities: SYSTEM_PROBE_CAPABILITIES,
      mounts: [KERNEL_DEBUG_MOUNT],
    };
  },
};
