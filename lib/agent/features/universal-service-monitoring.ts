// SPDX-License-Identifier: Apache-2.0
import { FeatureDefinition } from './feature-definition';
import { DOCKER_LOGS_MOUNT } from './log-files';
import { processIntake } from './process-intake';
import {
  HOST_ROOT_ENVIRONMENT, HOST_ROOT_MOUNT, KERNEL_DEBUG_MOUNT, SYSTEM_PROBE_CAPABILITIES, notDocumentedForManagedDaemons, withoutKernel,
} from './system-probe';
import { onWindows } from './unsupported';
import { AgentMount } from '../agent-feature-config';

/** Options of `AgentFeature.universalServiceMonitoring`. */
export interface UniversalServiceMonitoringOptions {
  /**
   * Whether HTTPS is seen too, where a service encrypts with a library such as OpenSSL. The Agent then reads the files of the whole host.
   *
   * @default false
   */
  readonly httpsMonitoring?: boolean;

  /**
   * Whether HTTP/2 and gRPC are seen. Needs Linux 5.2 or later.
   *
   * @default false
   */
  readonly http2Monitoring?: boolean;

  /**
   * Whether the encrypted traffic of services in Go is seen.
   *
   * @default true
   */
  readonly goTls?: boolean;

  /**
   * Whether the encrypted traffic of services in Node.js is seen.
   *
   * @default false
   */
  readonly nodejsTls?: boolean;

  /**
   * Whether traffic that Istio encrypts is seen.
   *
   * @default true
   */
  readonly istioTls?: boolean;
}

const SOURCE = 'https://docs.datadoghq.com/universal_service_monitoring/setup/';

/** Written by the Agent: what it compiles for the instance's kernel. */
const BUILD_MOUNTS = ['build', 'kernel-headers'].map((name): AgentMount => {
  const path = `/var/tmp/datadog-agent/system-probe/${name}`;
  return { volumeName: `system-probe-${name}`, hostPath: path, containerPath: path, readOnly: false };
});

/** What it compiles with: the instance's kernel, and where its package manager finds the headers of that kernel. */
const KERNEL_MOUNTS: AgentMount[] = [
  { volumeName: 'lib_modules', hostPath: '/lib/modules', containerPath: '/lib/modules' },
  { volumeName: 'usr_src', hostPath: '/usr/src', containerPath: '/usr/src' },
  ...['apt', 'yum.repos.d', 'zypp', 'pki', 'yum/vars', 'dnf/vars', 'rhsm'].map((path): AgentMount => ({
    volumeName: `etc_${path.replace(/[./]/g, '_')}`, hostPath: `/etc/${path}`, containerPath: `/host/etc/${path}`,
  })),
];

export const universalServiceMonitoring: FeatureDefinition<UniversalServiceMonitoringOptions> = {
  name: 'universal-service-monitoring',
  unsupported: {
    ...withoutKernel(SOURCE),
    ...onWindows({ reason: 'it sees services on virtual machines of Windows only, not in containers', source: SOURCE }),
    ...notDocumentedForManagedDaemons(),
  },

  bind({ httpsMonitoring = false, http2Monitoring = false, goTls = true, nodejsTls = false, istioTls = true }, { datadog }) {
    return {
      environment: {
        DD_SYSTEM_PROBE_SERVICE_MONITORING_ENABLED: 'true',
        DD_SERVICE_MONITORING_CONFIG_ENABLE_HTTP2_MONITORING: String(http2Monitoring),
        DD_SERVICE_MONITORING_CONFIG_TLS_NATIVE_ENABLED: String(httpsMonitoring),
        DD_SERVICE_MONITORING_CONFIG_TLS_GO_ENABLED: String(goTls),
        DD_SERVICE_MONITORING_CONFIG_TLS_NODEJS_ENABLED: String(nodejsTls),
        DD_SERVICE_MONITORING_CONFIG_TLS_ISTIO_ENABLED: String(istioTls),
        ...(httpsMonitoring ? HOST_ROOT_ENVIRONMENT : {}),
        ...processIntake(datadog),
      },
      capabilities: SYSTEM_PROBE_CAPABILITIES,
      mounts: [KERNEL_DEBUG_MOUNT, DOCKER_LOGS_MOUNT, ...KERNEL_MOUNTS, ...BUILD_MOUNTS, ...(httpsMonitoring ? [HOST_ROOT_MOUNT] : [])],
      // The sizes of https://docs.datadoghq.com/universal_service_monitoring/setup/.
      cpu: 500,
      memoryLimitMiB: 1024,
    };
  },
};
