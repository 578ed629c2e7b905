// SPDX-License-Identifier: Apache-2.0
import { FeatureDefinition } from './feature-definition';
import { processIntake } from './process-intake';

/** On by default in the Agent, https://docs.datadoghq.com/containers/monitoring/containers_explorer/. */
export const liveContainers: FeatureDefinition<object> = {
  name: 'live-containers',
  disabledEnvironment: { DD_PROCESS_CONFIG_CONTAINER_COLLECTION_ENABLED: 'false' },

  bind(_options, { datadog }) {
    return { environment: { DD_PROCESS_CONFIG_CONTAINER_COLLECTION_ENABLED: 'true', ...processIntake(datadog) } };
  },
};
