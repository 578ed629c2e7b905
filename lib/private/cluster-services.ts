// SPDX-License-Identifier: Apache-2.0
import { Stack, Token } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { IConstruct } from 'constructs';

/** A construct as a service that is placed on `cluster`, also when it names the cluster through an import of its own. */
export function asServiceOf(cluster: ecs.ICluster, node: IConstruct): ecs.BaseService | undefined {
  if (!(node instanceof ecs.BaseService)) {
    return undefined;
  }
  // Equal text means the same address; tokens of two clusters never are equal, though their resolved forms may be.
  return node.cluster === cluster || node.cluster.clusterArn === cluster.clusterArn ? node : undefined;
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

/** Whether a service is known to be deployed elsewhere than the construct that watches it. */
export function isElsewhere(service: ecs.BaseService, watcher: IConstruct): boolean {
  const [theirs, ours] = [Stack.of(service), Stack.of(watcher)];
  return differ(theirs.account, ours.account) || differ(theirs.region, ours.region);
}

function differ(a: string, b: string): boolean {
  return !Token.isUnresolved(a) && !Token.isUnresolved(b) && a !== b;
}

function resourceOf(service: ecs.BaseService): ecs.CfnService {
  return service.node.defaultChild as ecs.CfnService;
}
