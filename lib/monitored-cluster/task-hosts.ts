// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { asgProvidersOf, managedProvidersOf, strategyOf } from './cluster-instances';

/** Where ECS runs tasks. */
export enum TaskHost {
  FARGATE = 'Fargate',
  EC2 = 'EC2',
  MANAGED_INSTANCES = 'Managed Instances',
  EXTERNAL = 'ECS Anywhere',
}

/** A cluster, and what is said of it. */
export interface ClusterCapacity {
  readonly cluster: ecs.ICluster;

  /** Whether it has instances on EC2, if that is known. */
  readonly hasEc2Capacity: boolean | undefined;
}

const LAUNCH_TYPES: { readonly [launchType: string]: TaskHost | undefined } = {
  [ecs.LaunchType.FARGATE]: TaskHost.FARGATE,
  [ecs.LaunchType.EC2]: TaskHost.EC2,
  [ecs.LaunchType.EXTERNAL]: TaskHost.EXTERNAL,
};

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html */
const FARGATE_PROVIDERS = ['FARGATE', 'FARGATE_SPOT'];

/**
 * Where the tasks of a definition run: where its services are placed, as far as it is compatible with that. Undefined where the app does not say it.
 * Without a service, or with one of a launch type that the definition rules out, Fargate is the one place that needs nothing of the cluster; else the
 * cluster's instances say it.
 */
export function hostsOfTask(taskDefinition: ecs.TaskDefinition, services: ecs.BaseService[], capacity: ClusterCapacity): TaskHost[] | undefined {
  const compatible = compatibleHosts(taskDefinition);
  if (compatible.length === 1) {
    return compatible;
  }
  const placed = services.map((service) => hostsOfService(service, capacity.cluster));
  if (placed.includes(undefined)) {
    return undefined;
  }
  const hosts = compatible.filter((host) => placed.some((places) => places?.includes(host)));
  if (hosts.length > 0) {
    return hosts;
  }
  const possible = compatible.includes(TaskHost.FARGATE) ? [TaskHost.FARGATE] : compatible.filter((host) => hasHosts(capacity, host));
  return possible.length > 0 ? possible : undefined;
}

function compatibleHosts(taskDefinition: ecs.TaskDefinition): TaskHost[] {
  return [
    ...taskDefinition.isFargateCompatible ? [TaskHost.FARGATE] : [],
    ...taskDefinition.isEc2Compatible ? [TaskHost.EC2] : [],
    ...taskDefinition.isManagedInstancesCompatible ? [TaskHost.MANAGED_INSTANCES] : [],
    ...taskDefinition.isExternalCompatible ? [TaskHost.EXTERNAL] : [],
  ];
}

/** By the launch type, which excludes capacity providers, else by these. */
function hostsOfService(service: ecs.BaseService, cluster: ecs.ICluster): TaskHost[] | undefined {
  const { launchType } = service.node.defaultChild as ecs.CfnService;
  const names = strategyOf(service, cluster);
  const hosts = names.length > 0 ? names.map((name) => hostOfProvider(name, cluster)) : [LAUNCH_TYPES[launchType ?? '']];
  return hosts.every((host): host is TaskHost => host !== undefined) ? hosts : undefined;
}

/** Undefined for a provider that the app does not make: its name says nothing. */
function hostOfProvider(name: string, cluster: ecs.ICluster): TaskHost | undefined {
  if (FARGATE_PROVIDERS.includes(name)) {
    return TaskHost.FARGATE;
  }
  if (managedProvidersOf(cluster).some(({ capacityProviderName }) => capacityProviderName === name)) {
    return TaskHost.MANAGED_INSTANCES;
  }
  return asgProvidersOf(cluster).some(({ capacityProviderName }) => capacityProviderName === name) ? TaskHost.EC2 : undefined;
}

function hasHosts({ cluster, hasEc2Capacity }: ClusterCapacity, host: TaskHost): boolean {
  return host === TaskHost.MANAGED_INSTANCES ? managedProvidersOf(cluster).length > 0 : host === TaskHost.EC2 && hasEc2Capacity === true;
}
