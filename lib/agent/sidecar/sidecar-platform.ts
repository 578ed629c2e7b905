// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { AgentPlatform } from '../agent-platform';

/** Where an Agent can stand beside an application. */
export const SIDECAR_PLATFORMS = [AgentPlatform.FARGATE_SIDECAR, AgentPlatform.FARGATE_WINDOWS_SIDECAR, AgentPlatform.MANAGED_SIDECAR];

/**
 * Where a sidecar of this task would run; undefined where it takes none. On Managed Instances its containers must have a network of their own, or two tasks
 * on one instance would share ports: https://docs.datadoghq.com/containers/amazon_ecs/managed_instances/.
 */
export function sidecarPlatform(taskDefinition: ecs.TaskDefinition): AgentPlatform | undefined {
  if (taskDefinition.isFargateCompatible) {
    return runsWindows(taskDefinition) ? AgentPlatform.FARGATE_WINDOWS_SIDECAR : AgentPlatform.FARGATE_SIDECAR;
  }
  const isOfManagedInstances = taskDefinition.isManagedInstancesCompatible && !taskDefinition.isEc2Compatible;
  return isOfManagedInstances && taskDefinition.networkMode === ecs.NetworkMode.AWS_VPC ? AgentPlatform.MANAGED_SIDECAR : undefined;
}

/** Whether the tasks run Windows, as far as the task definition says it: on Fargate it has to, on EC2 it rarely does. */
export function runsWindows(taskDefinition: ecs.TaskDefinition): boolean {
  return (systemFamily(taskDefinition)?.startsWith('WINDOWS') ?? false) || taskDefinition.networkMode === ecs.NetworkMode.NAT;
}

/** Whether the task definition says which operating system the tasks run. */
export function saysSystem(taskDefinition: ecs.TaskDefinition): boolean {
  return systemFamily(taskDefinition) !== undefined || taskDefinition.networkMode === ecs.NetworkMode.NAT;
}

function systemFamily(taskDefinition: ecs.TaskDefinition): string | undefined {
  const { runtimePlatform } = taskDefinition.node.defaultChild as ecs.CfnTaskDefinition;
  return (runtimePlatform as ecs.CfnTaskDefinition.RuntimePlatformProperty | undefined)?.operatingSystemFamily;
}
