// SPDX-License-Identifier: Apache-2.0
import { PlatformDefinition } from './platform-definition';
import { SIDECAR_CARDINALITY, TASK_HOST } from './task-host';

/** https://docs.datadoghq.com/integrations/ecs_fargate/ */
export const fargateSidecar: PlatformDefinition = {
  runsWindows: false,
  isDaemon: false,
  environment: { ECS_FARGATE: 'true', ...SIDECAR_CARDINALITY },
  mounts: [],
  agentHost: TASK_HOST,
};
