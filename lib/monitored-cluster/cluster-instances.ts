// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { IConstruct } from 'constructs';
import { constructsOf, stageOf } from '../private/stage-of';

/** Whether one of the cluster's instances, as far as the app makes them, runs an operating system. */
export function hasInstancesOf(cluster: ecs.ICluster, system: ec2.OperatingSystemType): boolean {
  return groupsOf(cluster).some(({ osType }) => osType === system);
}

/** Whether a service is placed on Windows instances: by a constraint or its capacity providers, else since the cluster has no others. */
export function isOnWindowsInstances(cluster: ecs.ICluster, service: ecs.BaseService): boolean {
  if (constraintsOf(service).some((expression) => /ecs\.os-type\s*==\s*windows/.test(expression))) {
    return true;
  }
  const named = providersOf(service);
  const groups = named.length > 0 ? asgProviders(cluster).filter(({ capacityProviderName }) => named.includes(capacityProviderName))
    .map(({ autoScalingGroup }) => autoScalingGroup) : groupsOf(cluster);
  return groups.length > 0 && groups.every(({ osType }) => osType === ec2.OperatingSystemType.WINDOWS);
}

/** Whether a service names one of the cluster's providers of managed instances. */
export function isOnManagedInstances(cluster: ecs.ICluster, service: ecs.BaseService): boolean {
  const names = managedProvidersOf(cluster).map(({ capacityProviderName }) => capacityProviderName);
  return providersOf(service).some((name) => names.includes(name));
}

/** The providers through which ECS manages instances of the cluster. */
export function managedProvidersOf(cluster: ecs.ICluster): ecs.ManagedInstancesCapacityProvider[] {
  return constructsOf(stageOf(cluster))
    .filter((node): node is ecs.ManagedInstancesCapacityProvider => node instanceof ecs.ManagedInstancesCapacityProvider)
    .filter((provider) => provider.cluster === cluster);
}

/** The Auto Scaling groups of capacity providers and of `addCapacity()`. */
function groupsOf(cluster: ecs.ICluster): autoscaling.AutoScalingGroup[] {
  const within = constructsOf(cluster).filter((node): node is autoscaling.AutoScalingGroup => node instanceof autoscaling.AutoScalingGroup);
  return [...new Set([...within, ...asgProviders(cluster).map(({ autoScalingGroup }) => autoScalingGroup)])];
}

function asgProviders(cluster: ecs.ICluster): ecs.AsgCapacityProvider[] {
  const names = cluster instanceof ecs.Cluster ? cluster.capacityProviderNames : [];
  return constructsOf(stageOf(cluster)).filter((node): node is ecs.AsgCapacityProvider =>
    node instanceof ecs.AsgCapacityProvider && names.includes(node.capacityProviderName));
}

/** The names as they were given: those of providers that the app makes are tokens, equal only as such. */
function providersOf(service: IConstruct): string[] {
  const { capacityProviderStrategy } = service.node.defaultChild as ecs.CfnService;
  const items = Array.isArray(capacityProviderStrategy) ? capacityProviderStrategy as ecs.CapacityProviderStrategy[] : [];
  return items.map(({ capacityProvider }) => capacityProvider);
}

function constraintsOf(service: IConstruct): string[] {
  const { placementConstraints } = service.node.defaultChild as ecs.CfnService;
  const items = Stack.of(service).resolve(placementConstraints) as { readonly expression?: string }[] | undefined;
  return (items ?? []).flatMap(({ expression }) => (typeof expression === 'string' ? [expression] : []));
}
