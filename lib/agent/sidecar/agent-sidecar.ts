// SPDX-License-Identifier: Apache-2.0
import { Annotations } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { secretOf, taskRoleOf } from './execution-role';
import { SidecarLogDriver } from './sidecar-log-driver';
import { SidecarOptions } from './sidecar-options';
import { TaskShare, containerConflict, memoryConflict } from './task-room';
import { AGENT_CONTAINER_NAME } from '../agent-container';
import { AgentPlan, planAgent } from '../agent-plan';
import { AgentPlatform } from '../agent-platform';
import { checkApplication, checkTracers } from '../application/check-application';
import { startDependencies } from '../application/start-dependencies';
import { TaskInstrumentation } from '../application/task-instrumentation';
import { tracerContainerNames } from '../application/tracer/tracer-containers';
import { clusterMetadataPolicy } from '../cluster-metadata';
import { addAgentContainers } from '../render/agent-containers';
import { INIT_CONTAINER_MEMORY_MIB } from '../render/init-container';

/** What the Agent's own container may use unless told otherwise, in MiB; on Windows the only figure that Datadog has, https://docs.datadoghq.com/containers/amazon_ecs/. */
const AGENT_MEMORY_MIB = 256;
const WINDOWS_AGENT_MEMORY_MIB = 512;

/** A plan that has been checked, so that what follows can no longer fail. */
export interface SidecarPlan {
  readonly agent: AgentPlan;
  readonly options: SidecarOptions;

  /** What the Agent's own container may use. */
  readonly agentMemoryMiB: number;

  /** What the Agent, and what runs before it, add to a task. */
  readonly share: TaskShare;
}

/** An Agent in a task definition, and how the task's applications are brought up to date with it. */
export interface AgentSidecar {
  readonly container: ecs.ContainerDefinition;

  /** Called when all containers are there: instruments those that came later, and says what was kept. Doing it again changes nothing. */
  settle(): void;
}

/** Resolves and checks what is asked for, before anything is added. */
export function planSidecar(options: SidecarOptions, platform: AgentPlatform): SidecarPlan {
  checkApplication(options);
  const agent = planAgent({ platform, datadog: options.datadog }, options);
  checkTracers(options, agent);
  const usualMemoryMiB = agent.on.runsWindows ? WINDOWS_AGENT_MEMORY_MIB : AGENT_MEMORY_MIB;
  const agentMemoryMiB = options.memoryLimitMiB ?? Math.max(usualMemoryMiB, agent.memoryLimitMiB ?? 0);
  const initContainers = [...agent.initContainers.map(({ name }) => name), ...tracerContainerNames(options).values()];
  const memoryMiB = agentMemoryMiB + initContainers.length * INIT_CONTAINER_MEMORY_MIB;
  const share = { containers: [AGENT_CONTAINER_NAME, ...initContainers], memoryMiB };
  return { options, agent, agentMemoryMiB, share };
}

/** Whether a task definition has an Agent already, this library's or another. */
export function hasAgent(taskDefinition: ecs.TaskDefinition): boolean {
  return taskDefinition.findContainer(AGENT_CONTAINER_NAME) !== undefined;
}

/** Adds the Agent to a task definition and instruments the containers that are there. Safe to call while an Aspect runs. */
export function addAgentSidecar(scope: Construct, taskDefinition: ecs.TaskDefinition, plan: SidecarPlan, serviceName?: string): AgentSidecar {
  const { agent, options } = plan;
  const defaultLogging = options.logging ? undefined : new SidecarLogDriver(taskDefinition);
  const logging = options.logging ?? defaultLogging!;
  const containers = addAgentContainers(scope, taskDefinition, agent, {
    datadog: options.datadog,
    image: options.image,
    healthCheck: options.healthCheck,
    // Losing telemetry must not cost availability; and an essential container could become the default one, which load balancers attach to.
    essential: options.essential ?? false,
    cpu: options.cpu ?? agent.cpu,
    memoryLimitMiB: plan.agentMemoryMiB,
    logging,
    toSecret: (secret) => secretOf(taskDefinition, secret),
  });
  const access = options.clusterMetadataAccess ? clusterMetadataPolicy(taskDefinition, agent.platform) : [];
  [...agent.taskRolePolicy, ...access].forEach((statement) => taskRoleOf(taskDefinition).addToPrincipalPolicy(statement));
  setPidMode(taskDefinition, agent.pidMode);
  // Containers that come later count as well.
  scope.node.addValidation({
    validate: () => [memoryConflict, containerConflict].flatMap((conflictIn) => conflictIn(taskDefinition, plan.share) ?? []),
  });
  const instrumentation = TaskInstrumentation.obtain(taskDefinition, agent, options, serviceName,
    { dependencies: startDependencies(agent, containers), logging });
  instrumentation.apply();
  return {
    container: containers.agent,
    settle: () => {
      instrumentation.settle();
      defaultLogging?.settle();
    },
  };
}

/** A scalar of the user's task definition is set only where it is unset. */
function setPidMode(taskDefinition: ecs.TaskDefinition, pidMode: ecs.PidMode | undefined): void {
  const resource = taskDefinition.node.defaultChild as ecs.CfnTaskDefinition;
  if (pidMode && resource.pidMode === undefined) {
    resource.pidMode = pidMode;
  } else if (pidMode && resource.pidMode !== pidMode) {
    Annotations.of(taskDefinition).addWarningV2('cdk-ecs-datadog:pidModeKept',
      `the task's process namespace is '${resource.pidMode}', which is kept: the Agent's features ask for '${pidMode}'`);
  }
}
