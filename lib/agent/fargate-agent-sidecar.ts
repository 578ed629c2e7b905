// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { whenContainersAreThere } from './application/later-containers';
import { SIDECAR_MEMORY_MIB, addAgentSidecar, hasAgent, planSidecar, runsWindows } from './sidecar/agent-sidecar';
import { SidecarOptions } from './sidecar/sidecar-options';
import { memoryConflict } from './sidecar/task-memory';

/** Properties for a `FargateAgentSidecar`. */
export interface FargateAgentSidecarProps extends SidecarOptions {
  /** The task definition to monitor. Its containers may be added before or after this construct. */
  readonly taskDefinition: ecs.TaskDefinition;
}

/**
 * The Datadog Agent as a sidecar on Fargate. It adds the Agent's container, and gives every other container of the task the Agent's sockets or
 * address and unified service tags.
 */
export class FargateAgentSidecar extends Construct {
  /** The Agent's container. */
  public readonly container: ecs.ContainerDefinition;

  /**
   * @throws if the task definition does not run on Fargate Linux, already has an Agent, or has too little memory for its hard limits and the Agent;
   * if a tag is invalid; if a feature does not work in a sidecar or is given twice; if `environment` holds a key
   */
  constructor(scope: Construct, id: string, props: FargateAgentSidecarProps) {
    const { taskDefinition } = props;
    const memoryMiB = props.memoryLimitMiB ?? SIDECAR_MEMORY_MIB;
    checkTaskDefinition(taskDefinition);
    checkMemory(taskDefinition, memoryMiB);
    const plan = planSidecar(props);
    super(scope, id);

    const sidecar = addAgentSidecar(this, taskDefinition, plan);
    this.container = sidecar.container;
    whenContainersAreThere(taskDefinition, () => sidecar.settle());
    // Containers that came later count as well.
    this.node.addValidation({
      validate: () => {
        const conflict = memoryConflict(taskDefinition, memoryMiB);
        return conflict ? [conflict] : [];
      },
    });
  }
}

function checkTaskDefinition(taskDefinition: ecs.TaskDefinition): void {
  const { path } = taskDefinition.node;
  if (!taskDefinition.isFargateCompatible) {
    throw new Error(`'taskDefinition' must be compatible with Fargate, got: '${path}', which is not; `
      + 'on EC2 use AgentDaemonService and its instrument()');
  }
  if (runsWindows(taskDefinition)) {
    throw new Error(`'taskDefinition' must run Linux, got: '${path}', which runs Windows`);
  }
  if (hasAgent(taskDefinition)) {
    throw new Error(`'taskDefinition' must have no container 'datadog-agent' yet, got: '${path}', which has one`);
  }
}

function checkMemory(taskDefinition: ecs.TaskDefinition, memoryMiB: number): void {
  const conflict = memoryConflict(taskDefinition, memoryMiB);
  if (conflict) {
    throw new Error(`'memoryLimitMiB' must leave the application its own, got: '${memoryMiB}'; ${conflict}`);
  }
}
