// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { AgentPlatform } from './agent-platform';
import { whenContainersAreThere } from './application/later-containers';
import { SidecarPlan, addAgentSidecar, hasAgent, planSidecar } from './sidecar/agent-sidecar';
import { SidecarOptions } from './sidecar/sidecar-options';
import { sidecarPlatform } from './sidecar/sidecar-platform';
import { containerConflict, memoryConflict, nameConflict } from './sidecar/task-room';
import { checkIsOfThisApp } from '../private/task-containers';

/** Properties for a `FargateAgentSidecar`. */
export interface FargateAgentSidecarProps extends SidecarOptions {
  /** The task definition to monitor. Its containers may be added before or after this construct. */
  readonly taskDefinition: ecs.TaskDefinition;
}

/**
 * The Datadog Agent beside an application on Fargate, Linux or Windows, or on ECS Managed Instances: the Agent's container, and sockets, settings and
 * unified service tags for every other container of the task.
 */
export class FargateAgentSidecar extends Construct {
  /** The Agent's container. */
  public readonly container: ecs.ContainerDefinition;

  /**
   * @throws if the task definition was imported, runs neither on Fargate nor on Managed Instances alone, has an Agent already, too many containers or too
   * little memory for its hard limits and the Agent, if a tag is invalid, if a feature does not work in a sidecar or is given twice
   */
  constructor(scope: Construct, id: string, props: FargateAgentSidecarProps) {
    const { taskDefinition } = props;
    const plan = planSidecar(props, platformOf(taskDefinition));
    checkRoom(taskDefinition, plan);
    super(scope, id);

    const sidecar = addAgentSidecar(this, taskDefinition, plan);
    this.container = sidecar.container;
    whenContainersAreThere(taskDefinition, () => sidecar.settle());
  }
}

function platformOf(taskDefinition: ecs.TaskDefinition): AgentPlatform {
  checkIsOfThisApp(taskDefinition);
  const { path } = taskDefinition.node;
  const platform = sidecarPlatform(taskDefinition);
  if (!platform) {
    throw new Error("'taskDefinition' must be compatible with Fargate, or with Managed Instances in network mode awsvpc and not with EC2, "
      + `got: '${path}', which is not; on instances use AgentDaemonService or AgentManagedDaemon, and instrument()`);
  }
  if (hasAgent(taskDefinition)) {
    throw new Error(`'taskDefinition' must have no container 'datadog-agent' yet, got: '${path}', which has one`);
  }
  return platform;
}

function checkRoom(taskDefinition: ecs.TaskDefinition, { agentMemoryMiB, share }: SidecarPlan): void {
  const memory = memoryConflict(taskDefinition, share);
  if (memory) {
    throw new Error(`'memoryLimitMiB' must leave the application its own, got: '${agentMemoryMiB}'; ${memory}`);
  }
  const containers = nameConflict(taskDefinition, share) ?? containerConflict(taskDefinition, share);
  if (containers) {
    throw new Error(`'taskDefinition' must have room for the Agent, got: '${taskDefinition.node.path}'; ${containers}`);
  }
}
