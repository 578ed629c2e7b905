// SPDX-License-Identifier: Apache-2.0
import { PlatformDefinition } from './platform-definition';
import { SIDECAR_CARDINALITY, TASK_HOST } from './task-host';

/** https://docs.datadoghq.com/containers/amazon_ecs/managed_instances/ */
export const managedSidecar: PlatformDefinition = {
  runsWindows: false,
  isDaemon: false,
  environment: { ECS_MANAGED_INSTANCES: 'true', DD_ECS_DEPLOYMENT_MODE: 'sidecar', ...SIDECAR_CARDINALITY },
  mounts: [],
  agentHost: TASK_HOST,
};
