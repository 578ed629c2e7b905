// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { AgentPlatform } from '../agent';
import { isOnManagedInstances, isOnWindowsInstances, managedProvidersOf } from './cluster-instances';
import { runsWindows, sidecarPlatform } from '../agent/sidecar/sidecar-platform';
import { knownEc2Capacity } from '../private/cluster-services';

/** Where the Agent of a task runs, given the services that run the task; undefined where that cannot be known. */
export function platformOfTask(taskDefinition: ecs.TaskDefinition, services: ecs.BaseService[], cluster: ecs.ICluster): AgentPlatform | undefined {
  if (runsOnManagedInstances(taskDefinition, services, cluster)) {
    return AgentPlatform.MANAGED_DAEMON;
  }
  const sidecar = sidecarPlatform(taskDefinition);
  if (sidecar) {
    return sidecar;
  }
  if (taskDefinition.isExternalCompatible) {
    return AgentPlatform.EXTERNAL_DAEMON;
  }
  if (!taskDefinition.isEc2Compatible) {
    return undefined;
  }
  const isWindows = runsWindows(taskDefinition) || (services.length > 0 && services.every((service) => isOnWindowsInstances(cluster, service)));
  return isWindows ? AgentPlatform.EC2_WINDOWS_DAEMON : AgentPlatform.EC2_DAEMON;
}

/** Why neither a daemon nor a sidecar serves a task, as the end of a sentence. */
export function platformObstacle(taskDefinition: ecs.TaskDefinition, services: ecs.BaseService[], cluster: ecs.ICluster): string | undefined {
  if (platformOfTask(taskDefinition, services, cluster) === undefined) {
    return 'the app does not say on which managed instances the task runs: add their capacity provider to the cluster with '
      + 'addManagedInstancesCapacityProvider(), or give the task the network mode awsvpc, with which it takes a sidecar';
  }
  const isOnInstances = (service: ecs.BaseService) => service instanceof ecs.Ec2Service || isOnManagedInstances(cluster, service);
  // The sidecar believes that it runs on Fargate; and Fargate refuses the host path through which a task reaches a daemon.
  if (taskDefinition.isFargateCompatible && services.length > 0 && services.every(isOnInstances)) {
    return 'services on instances alone run this task definition, while its compatibility with Fargate rules out the volume through which tasks reach the '
      + "instance's Agent: make it compatible with the instances only (ecs.Ec2TaskDefinition)";
  }
  return undefined;
}

/** Whether a task is on the cluster's managed instances: it can run nowhere else, a service of it says so, or the cluster has no other instances. */
function runsOnManagedInstances(taskDefinition: ecs.TaskDefinition, services: ecs.BaseService[], cluster: ecs.ICluster): boolean {
  if (!taskDefinition.isManagedInstancesCompatible || managedProvidersOf(cluster).length === 0) {
    return false;
  }
  return taskDefinition.compatibility === ecs.Compatibility.MANAGED_INSTANCES
    || services.some((service) => isOnManagedInstances(cluster, service))
    || (!taskDefinition.isFargateCompatible && !knownEc2Capacity(cluster));
}
