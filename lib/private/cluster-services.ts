// SPDX-License-Identifier: Apache-2.0
import { Stack, Token } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { IConstruct } from 'constructs';
import { addressOf, addressOfText, ClusterRelation, makerOf, relationOf } from './cluster-address';
import { referencedConstruct } from './referenced-construct';

/** The cluster that a service runs on when it names none, https://docs.aws.amazon.com/AmazonECS/latest/developerguide/clusters.html. */
const DEFAULT_CLUSTER = 'default';

/** How two references to a cluster relate. */
export function clusterRelation(one: ecs.ICluster, other: ecs.ICluster): ClusterRelation {
  if (one === other || one.clusterArn === other.clusterArn) {
    return ClusterRelation.SAME;
  }
  const [maker, otherMaker] = [makerOf(one), makerOf(other)];
  if (maker && otherMaker) {
    // Two clusters that the app makes are two, even if it gives them one name, as in the Stages of two accounts.
    return maker === otherMaker ? ClusterRelation.SAME : ClusterRelation.DIFFERENT;
  }
  return relationOf(addressOf(one), addressOf(other));
}

/** Whether two references are taken for one cluster: the names are equal and nothing speaks against it. */
export function isTakenForSame(relation: ClusterRelation): boolean {
  return relation === ClusterRelation.SAME || relation === ClusterRelation.LIKELY;
}

/** A construct as a service that is placed on `cluster`, however it names the cluster. */
export function asServiceOf(cluster: ecs.ICluster, node: IConstruct): ecs.BaseService | undefined {
  return node instanceof ecs.BaseService && isTakenForSame(clusterRelation(node.cluster, cluster)) ? node : undefined;
}

/** How a construct that is a service of the generated class alone relates to `cluster`, which it names by a text; undefined for all else. */
export function relationOfBareService(cluster: ecs.ICluster, node: IConstruct): ClusterRelation | undefined {
  if (!(node instanceof ecs.CfnService) || node.node.scope instanceof ecs.BaseService) {
    return undefined;
  }
  const named = node.cluster ?? DEFAULT_CLUSTER;
  const target = referencedConstruct(named, node);
  const maker = makerOf(cluster);
  if (named === cluster.clusterArn || target !== undefined && target === maker) {
    return ClusterRelation.SAME;
  }
  // Of two resources one is not the other.
  return target instanceof ecs.CfnCluster && maker ? ClusterRelation.DIFFERENT : relationOf(addressOfText(named, Stack.of(node)), addressOf(cluster));
}

/** Whether a cluster has EC2 instances as it knows now; undefined for one that was imported by its ARN, which neither knows nor takes services. */
export function knownEc2Capacity(cluster: ecs.ICluster): boolean | undefined {
  try {
    return cluster.hasEc2Capacity;
  } catch {
    return undefined;
  }
}

/** The name of a cluster where it is known at synthesis, also of one that the app makes under a fixed name. */
export function literalClusterName(cluster: ecs.ICluster): string | undefined {
  const { name } = addressOf(cluster);
  return Token.isUnresolved(name) ? undefined : name;
}

/** The name that a service is given in the template, where it is given one in plain text. */
export function literalServiceName(service: ecs.BaseService): string | undefined {
  const name = resourceOf(service).serviceName;
  return name === undefined || Token.isUnresolved(name) ? undefined : name;
}

/** What rolls the service's tasks out: `ECS`, `CODE_DEPLOY` or `EXTERNAL`. */
export function deploymentController(service: ecs.BaseService): string {
  const controller = resourceOf(service).deploymentController as ecs.CfnService.DeploymentControllerProperty | undefined;
  return controller?.type ?? ecs.DeploymentControllerType.ECS;
}

/**
 * Whether stacks of two environments are concerned, so that neither can refer to the other's resources. As the CDK compares them: a stack without
 * `env` and one with it differ.
 */
export function isElsewhere(construct: IConstruct, watcher: IConstruct): boolean {
  return Stack.of(construct).environment !== Stack.of(watcher).environment;
}

function resourceOf(service: ecs.BaseService): ecs.CfnService {
  return service.node.defaultChild as ecs.CfnService;
}
