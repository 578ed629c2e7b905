// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { clusterRelation, isTakenForSame } from '../../private/cluster-services';
import { AgentManagedDaemonProps } from '../agent-managed-daemon-props';

/** All that can be wrong with the properties of the daemon itself, before anything is added to the tree. */
export function checkManagedDaemon(props: AgentManagedDaemonProps, taken: ecs.ManagedInstancesCapacityProvider[]): void {
  const { capacityProviders, drainPercent = 25, bakeTime } = props;
  if (capacityProviders.length === 0) {
    throw new Error("'capacityProviders' must hold at least one capacity provider, got: an empty list");
  }
  const [stranger] = foreignProviders(props);
  if (stranger) {
    throw new Error(stranger);
  }
  const twice = capacityProviders.find((provider, index) => taken.includes(provider) || capacityProviders.indexOf(provider) !== index);
  if (twice) {
    throw new Error(`'capacityProviders' must have one Agent each, since two would fight for its sockets, got: '${twice.node.path}', which has one already`);
  }
  // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DaemonDeploymentConfiguration.html
  if (!Token.isUnresolved(drainPercent) && !(drainPercent >= 0 && drainPercent <= 100)) {
    throw new Error(`'drainPercent' must be a number from 0 to 100, got: ${drainPercent}`);
  }
  if (bakeTime && !bakeTime.isUnresolved() && bakeTime.toMilliseconds() % 60_000 !== 0) {
    throw new Error(`'bakeTime' must be whole minutes, got: ${bakeTime.toHumanString()}`);
  }
}

/** What is still missing when everything is there: a capacity provider may join its cluster after the daemon was made. */
export function missingProviders({ cluster, ...props }: AgentManagedDaemonProps): string[] {
  const homeless = props.capacityProviders.filter((provider) => !provider.cluster).map((provider) =>
    `'capacityProviders' must belong to the cluster '${cluster.node.path}', got: '${provider.node.path}' without one; call addManagedInstancesCapacityProvider()`);
  return [...homeless, ...foreignProviders({ cluster, ...props })];
}

function foreignProviders({ cluster, capacityProviders }: AgentManagedDaemonProps): string[] {
  return capacityProviders.flatMap((provider) => provider.cluster && !isTakenForSame(clusterRelation(provider.cluster, cluster))
    ? [`'capacityProviders' must belong to the cluster '${cluster.node.path}', got: '${provider.node.path}' of '${provider.cluster.node.path}'`]
    : []);
}
