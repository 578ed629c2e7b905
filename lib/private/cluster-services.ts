// SPDX-License-Identifier: Apache-2.0
import { Stack, Token } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { IConstruct } from 'constructs';
import { referencedConstruct } from './referenced-construct';

/** Whether two references name one cluster: the same construct, or imports of the same address. */
export function isSameCluster(one: ecs.ICluster, other: ecs.ICluster): boolean {
  // Equal text means the same address; tokens of two clusters never are equal, though their resolved forms may be.
  return one === other || one.clusterArn === other.clusterArn;
}

/** A construct as a service that is placed on `cluster`, also when it names the cluster through an import of its own. */
export function asServiceOf(cluster: ecs.ICluster, node: IConstruct): ecs.BaseService | undefined {
  return node instanceof ecs.BaseService && isSameCluster(node.cluster, cluster) ? node : undefined;
}

/** Whether a construct is a service of the generated class alone, placed on `cluster` by its name or ARN. */
export function isBareServiceOf(cluster: ecs.ICluster, node: IConstruct): boolean {
  if (!(node instanceof ecs.CfnService) || node.node.scope instanceof ecs.BaseService || node.cluster === undefined) {
    return false;
  }
  const target = referencedConstruct(node.cluster, node);
  return target ? target === cluster.node.defaultChild : [cluster.clusterName, cluster.clusterArn].includes(node.cluster);
}

/** Whether a cluster has EC2 instances as it knows now; undefined for one that was imported by its ARN, which neither knows nor takes services. */
export function knownEc2Capacity(cluster: ecs.ICluster): boolean | undefined {
  try {
    return cluster.hasEc2Capacity;
  } catch {
    return undefined;
  }
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
 * Whether stacks of two environments are concerned, so that neither can refer to the other's resources. As the CDK compares them: a stack without `env`
 * and one with it differ.
 */
export function isElsewhere(construct: IConstruct, watcher: IConstruct): boolean {
  return Stack.of(construct).environment !== Stack.of(watcher).environment;
}

function resourceOf(service: ecs.BaseService): ecs.CfnService {
  return service.node.defaultChild as ecs.CfnService;
}
