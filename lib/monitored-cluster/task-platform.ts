// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { runsWindows } from '../agent/sidecar/agent-sidecar';

/** Why a task gets no Agent: the warning's id, and the reason as the end of a sentence. */
export interface PlatformObstacle {
  readonly id: string;
  readonly reason: string;
}

/** Whether a task talks to the daemon of its instance. One that is compatible with Fargate as well takes the sidecar. */
export function runsOnInstances(taskDefinition: ecs.TaskDefinition): boolean {
  return taskDefinition.isEc2Compatible && !taskDefinition.isFargateCompatible && !runsWindows(taskDefinition);
}

/** Why neither the daemon nor the sidecar serves a task, given the services that run it. */
export function platformObstacle(taskDefinition: ecs.TaskDefinition, services: ecs.BaseService[]): PlatformObstacle | undefined {
  const { isEc2Compatible, isFargateCompatible } = taskDefinition;
  if (runsWindows(taskDefinition)) {
    return { id: 'cdk-ecs-datadog:windowsNotWatched', reason: 'the task runs Windows' };
  }
  if (!isEc2Compatible && !isFargateCompatible) {
    return { id: 'cdk-ecs-datadog:platformNotWatched', reason: 'the task runs neither on EC2 nor on Fargate' };
  }
  // The sidecar believes that it runs on Fargate; and Fargate refuses the host path through which a task reaches the daemon.
  if (isFargateCompatible && services.length > 0 && services.every((service) => service instanceof ecs.Ec2Service)) {
    return {
      id: 'cdk-ecs-datadog:platformNotWatched',
      reason: 'EC2 services alone run this task definition, while its compatibility with Fargate rules out the volume through which tasks reach the '
        + "instance's Agent: make it compatible with EC2 only (ecs.Ec2TaskDefinition)",
    };
  }
  return undefined;
}
