// SPDX-License-Identifier: Apache-2.0
import { Annotations } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { secretOf } from './execution-role';
import { SidecarLogDriver } from './sidecar-log-driver';
import { SidecarOptions } from './sidecar-options';
import { checkServiceTags } from '../../datadog/service-tags';
import { AGENT_CONTAINER_NAME, AGENT_HEALTH_CHECK, agentImage } from '../agent-container';
import { AgentPlan, planAgent } from '../agent-plan';
import { AgentPlatform } from '../agent-platform';
import { TaskInstrumentation } from '../application/task-instrumentation';
import { addMounts } from '../render/mounts';

/** What the sidecar reserves unless told otherwise, in MiB. */
export const SIDECAR_MEMORY_MIB = 256;

/** A plan that has been checked, so that what follows can no longer fail. */
export interface SidecarPlan {
  readonly agent: AgentPlan;
  readonly options: SidecarOptions;
}

/** An Agent in a task definition, and how the task's applications are brought up to date with it. */
export interface AgentSidecar {
  readonly container: ecs.ContainerDefinition;

  /** Called when all containers are there: instruments those that came later, and says what was kept. Doing it again changes nothing. */
  settle(): void;
}

/** Resolves and checks what is asked for, before anything is added. */
export function planSidecar(options: SidecarOptions): SidecarPlan {
  checkServiceTags(options);
  return { options, agent: planAgent({ platform: AgentPlatform.FARGATE_SIDECAR, datadog: options.datadog }, options) };
}

/** Whether a task definition has an Agent already, this library's or another. */
export function hasAgent(taskDefinition: ecs.TaskDefinition): boolean {
  return taskDefinition.findContainer(AGENT_CONTAINER_NAME) !== undefined;
}

/** Whether the tasks run Windows, which has neither Unix sockets nor the Linux image. */
export function runsWindows(taskDefinition: ecs.TaskDefinition): boolean {
  const { runtimePlatform } = taskDefinition.node.defaultChild as ecs.CfnTaskDefinition;
  const family = (runtimePlatform as ecs.CfnTaskDefinition.RuntimePlatformProperty | undefined)?.operatingSystemFamily;
  return family?.startsWith('WINDOWS') ?? false;
}

/** Adds the Agent to a task definition and instruments the containers that are there. Safe to call while an Aspect runs. */
export function addAgentSidecar(scope: Construct, taskDefinition: ecs.TaskDefinition, plan: SidecarPlan, serviceName?: string): AgentSidecar {
  const { agent, options } = plan;
  const defaultLogging = options.logging ? undefined : new SidecarLogDriver(taskDefinition);
  const container = new ecs.ContainerDefinition(scope, 'Agent', {
    taskDefinition,
    containerName: AGENT_CONTAINER_NAME,
    image: options.image ?? agentImage(options.datadog),
    // Losing telemetry must not cost availability; and an essential container could become the default one, which load balancers attach to.
    essential: options.essential ?? false,
    cpu: options.cpu,
    memoryLimitMiB: options.memoryLimitMiB ?? SIDECAR_MEMORY_MIB,
    environment: { ...agent.environment },
    secrets: { DD_API_KEY: secretOf(taskDefinition, options.datadog.apiKey.toEcsSecret()) },
    healthCheck: options.healthCheck ?? AGENT_HEALTH_CHECK,
    logging: options.logging ?? defaultLogging,
    portMappings: agent.ports.map(({ port, protocol }) => ({ containerPort: port, protocol })),
  });
  addMounts(container, agent.mounts);
  agent.taskRolePolicy.forEach((statement) => taskDefinition.addToTaskRolePolicy(statement));
  setPidMode(taskDefinition, agent.pidMode);
  const instrumentation = TaskInstrumentation.obtain(taskDefinition, agent, options, serviceName);
  instrumentation.apply();
  return {
    container,
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
