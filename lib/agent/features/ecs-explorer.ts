// SPDX-License-Identifier: Apache-2.0
import { FeatureDefinition } from './feature-definition';

/** https://docs.datadoghq.com/infrastructure/containers/amazon_elastic_container_explorer/ */
export const ecsExplorer: FeatureDefinition<object> = {
  name: 'ecs-explorer',
  // The default of the Agent has changed between versions, so it is written either way.
  disabledEnvironment: { DD_ECS_TASK_COLLECTION_ENABLED: 'false' },

  bind(_options, { datadog }) {
    const intake = datadog.endpoints.orchestrator;
    return {
      environment: {
        DD_ECS_TASK_COLLECTION_ENABLED: 'true',
        ...(intake ? { DD_ORCHESTRATOR_EXPLORER_ORCHESTRATOR_DD_URL: intake } : {}),
      },
    };
  },
};
