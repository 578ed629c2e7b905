// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { IConstruct } from 'constructs';
import { makerOf } from '../private/cluster-address';
import { constructsOf, stageOf } from '../private/stage-of';

/** Whether one of the cluster's instances, as far as the app makes them, runs an operating system. */
export function hasInstancesOf(cluster: ecs.ICluster, system: ec2.OperatingSystemType): boolean {
  return groupsOf(cluster).some(({ osType }) => osType === system);
}

/**
 * The operating system of the EC2 instances that a service is placed on: by a constraint or its capacity providers, else since the cluster has no others.
 * Undefined where the app does not say it.
 */
export function systemOf(cluster: ecs.ICluster, service?: ecs.BaseService): ec2.OperatingSystemType | undefined {
  const constraints = service ? constraintsOf(service).flatMap((expression) => /ecs\.os-type\s*==\s*(windows|linux)/.exec(expression)?.[1] ?? []) : [];
  if (constraints.length > 0) {
    return constraints[0] === 'windows' ? ec2.OperatingSystemType.WINDOWS : ec2.OperatingSystemType.LINUX;
  }
  const named = service ? strategyOf(service, cluster) : [];
  const providers = asgProvidersOf(cluster).filter(({ capacityProviderName }) => named.includes(capacityProviderName));
  const groups = named.length === 0 ? groupsOf(cluster) : providers.map(({ autoScalingGroup }) => autoScalingGroup);
  const systems = new Set(groups.map(({ osType }) => osType));
  return systems.size === 1 ? [...systems][0] : undefined;
}

/** The providers through which ECS manages instances of the cluster. */
export function managedProvidersOf(cluster: ecs.ICluster): ecs.ManagedInstancesCapacityProvider[] {
  return constructsOf(stageOf(cluster))
    .filter((node): node is ecs.ManagedInstancesCapacityProvider => node instanceof ecs.ManagedInstancesCapacityProvider)
    .filter((provider) => provider.cluster === cluster);
}

/** The providers of Auto Scaling groups that were added to the cluster. */
export function asgProvidersOf(cluster: ecs.ICluster): ecs.AsgCapacityProvider[] {
  const names = madeCluster(cluster)?.capacityProviderNames ?? [];
  return constructsOf(stageOf(cluster)).filter((node): node is ecs.AsgCapacityProvider =>
    node instanceof ecs.AsgCapacityProvider && names.includes(node.capacityProviderName));
}

/**
 * The capacity providers that place a service's tasks: its own, else those of the cluster where it has no launch type either,
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_definition_parameters.html. The names are as they were given: those of providers that the
 * app makes are tokens, equal only as such.
 */
export function strategyOf(service: ecs.BaseService, cluster: ecs.ICluster): string[] {
  const { capacityProviderStrategy, launchType } = service.node.defaultChild as ecs.CfnService;
  const own = Array.isArray(capacityProviderStrategy) ? capacityProviderStrategy as ecs.CapacityProviderStrategy[] : [];
  const ofCluster = launchType === undefined ? madeCluster(cluster)?.defaultCapacityProviderStrategy ?? [] : [];
  return (own.length > 0 ? own : ofCluster).map(({ capacityProvider }) => capacityProvider);
}

/** The Auto Scaling groups of capacity providers and of `addCapacity()`. */
function groupsOf(cluster: ecs.ICluster): autoscaling.AutoScalingGroup[] {
  const within = constructsOf(cluster).filter((node): node is autoscaling.AutoScalingGroup => node instanceof autoscaling.AutoScalingGroup);
  return [...new Set([...within, ...asgProvidersOf(cluster).map(({ autoScalingGroup }) => autoScalingGroup)])];
}

/** The construct that knows the cluster's capacity, where the app makes the cluster, also for an import that refers to it. */
function madeCluster(cluster: ecs.ICluster): ecs.Cluster | undefined {
  const made = cluster instanceof ecs.Cluster ? cluster : makerOf(cluster)?.node.scope;
  return made instanceof ecs.Cluster ? made : undefined;
}

function constraintsOf(service: IConstruct): string[] {
  const { placementConstraints } = service.node.defaultChild as ecs.CfnService;
  const items = Stack.of(service).resolve(placementConstraints) as { readonly expression?: string }[] | undefined;
  return (items ?? []).flatMap(({ expression }) => (typeof expression === 'string' ? [expression] : []));
}
