// SPDX-License-Identifier: Apache-2.0
import { Token, Tokenization } from 'aws-cdk-lib';
import { FeatureDefinition } from './feature-definition';
import { networkMonitoring } from './network-monitoring';
import { notDocumentedForManagedDaemons } from './system-probe';

/** Options of `AgentFeature.networkPath`. */
export interface NetworkPathOptions {
  /**
   * How many paths are traced at the same time.
   *
   * @default - the Agent's own number, 4
   */
  readonly workers?: number;
}

/** https://docs.datadoghq.com/network_monitoring/network_path/setup/#dynamic-tests-preview */
export const networkPath: FeatureDefinition<NetworkPathOptions> = {
  name: 'network-path',
  unsupported: { ...networkMonitoring.unsupported, ...notDocumentedForManagedDaemons() },
  needs: [networkMonitoring.name],

  bind({ workers }) {
    if (workers !== undefined && !Token.isUnresolved(workers) && !(Number.isInteger(workers) && workers > 0)) {
      throw new Error(`'workers' must be a whole number of 1 or more, got: ${workers}`);
    }
    return {
      environment: {
        DD_TRACEROUTE_ENABLED: 'true',
        DD_NETWORK_PATH_CONNECTIONS_MONITORING_ENABLED: 'true',
        ...(workers === undefined ? {} : { DD_NETWORK_PATH_COLLECTOR_WORKERS: Tokenization.stringifyNumber(workers) }),
      },
    };
  },
};
