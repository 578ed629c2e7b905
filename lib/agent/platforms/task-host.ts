// SPDX-License-Identifier: Apache-2.0

/** The containers of a task share one network interface. */
export const TASK_HOST = '127.0.0.1';

/** Without the task's tags the checks of its copies overwrite each other's values, https://docs.datadoghq.com/integrations/ecs_fargate/. */
export const SIDECAR_CARDINALITY = { DD_CHECKS_TAG_CARDINALITY: 'orchestrator' };
