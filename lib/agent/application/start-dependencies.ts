// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { AgentPlan } from '../agent-plan';
import { AgentContainers } from '../render/agent-containers';
import { hasHealthCheck } from '../render/dependencies';

/** An Agent that stands beside the applications of its task. */
export interface AgentNeighbour {
  /** For whom the applications wait. */
  readonly dependencies: ecs.ContainerDependency[];

  /** Where its output goes. */
  readonly logging: ecs.LogDriver;
}

/** For whom the applications beside an Agent wait. */
export function startDependencies(plan: AgentPlan, { agent, init }: AgentContainers): ecs.ContainerDependency[] {
  const prepared = init.filter((_container, index) => plan.initContainers[index].applicationsWait);
  return [
    ...prepared.map((container) => ({ container, condition: ecs.ContainerDependencyCondition.SUCCESS })),
    // ECS would wait for ever for a container that nobody checks.
    ...(plan.application.awaitsAgent && hasHealthCheck(agent) ? [{ container: agent, condition: ecs.ContainerDependencyCondition.HEALTHY }] : []),
  ];
}
