// SPDX-License-Identifier: Apache-2.0
import { Annotations, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct, IConstruct } from 'constructs';
import { ServiceChoices } from './service-choices';
import { AgentDaemonService } from '../agent';
import { ClusterRelation } from '../private/cluster-address';
import { asServiceOf, clusterRelation, deploymentController, isElsewhere, isTakenForSame, relationOfBareService } from '../private/cluster-services';
import { stageOf } from '../private/stage-of';

/** A cluster, and what watches it. */
export interface WatchedCluster extends Construct {
  readonly cluster: ecs.ICluster;
}

/** Which services a watched cluster runs, and which of them can be watched. What it cannot tell is a warning, never silence. */
export class ServicePlacement {
  private readonly cluster: ecs.ICluster;

  /** @param all every watched cluster of the app */
  constructor(private readonly monitored: WatchedCluster, private readonly choices: ServiceChoices, private readonly all: () => WatchedCluster[]) {
    this.cluster = monitored.cluster;
  }

  /** A construct as a service that is to be watched. Warns of one that would be but for its place. */
  public asWatchedService(node: IConstruct): ecs.BaseService | undefined {
    if (!(node instanceof ecs.BaseService) || !this.choices.isWatched(node)) {
      this.warnOfBareService(node);
      return undefined;
    }
    const relation = clusterRelation(node.cluster, this.cluster);
    if (relation === ClusterRelation.UNKNOWN && !this.choices.isConfigured(node)) {
      this.warnOfUnknownCluster(node);
      return undefined;
    }
    if (relation === ClusterRelation.DIFFERENT || node.node.scope instanceof AgentDaemonService) {
      return undefined;
    }
    if (isElsewhere(node, this.monitored)) {
      this.warnOfElsewhere(node);
      return undefined;
    }
    warnOfDeployment(node);
    return node;
  }

  /** Services in other Stages, which an Aspect does not reach, and which no MonitoredCluster there watches. */
  public warnOfOtherStages(): void {
    const sameCluster = this.all().filter(({ cluster }) => isTakenForSame(clusterRelation(cluster, this.cluster)));
    const watchedStages = new Set(sameCluster.map((monitored) => stageOf(monitored)));
    for (const node of this.monitored.node.root.node.findAll()) {
      if (asServiceOf(this.cluster, node) && !watchedStages.has(stageOf(node))) {
        Annotations.of(this.monitored).addWarningV2(`cdk-ecs-datadog:otherStage:${node.node.path}`,
          `the service '${node.node.path}' is not watched, since it belongs to another Stage than the MonitoredCluster`);
      }
    }
  }

  /** Throws for a service of another cluster. Where that is not known, the caller's word is taken for it. */
  public checkPlacement(service: ecs.BaseService): void {
    if (clusterRelation(service.cluster, this.cluster) === ClusterRelation.DIFFERENT) {
      throw new Error(`'ecsService' must be placed on the cluster '${this.cluster.node.path}', got: '${service.node.path}'`);
    }
  }

  /** Throws for what an Aspect does not reach, or what the forwarder cannot serve. */
  public checkReach(property: string, construct: IConstruct): void {
    if (stageOf(construct) !== stageOf(this.monitored) || isElsewhere(construct, this.monitored)) {
      throw new Error(`'${property}' must be of the Stage and environment of the MonitoredCluster (${Stack.of(this.monitored).environment}), `
        + `got: '${construct.node.path}' (${Stack.of(construct).environment})`);
    }
  }

  /** A service of the generated class does not say which task definition construct it runs. */
  private warnOfBareService(node: IConstruct): void {
    const relation = relationOfBareService(this.cluster, node);
    if (relation === ClusterRelation.UNKNOWN) {
      this.warnOfUnknownCluster(node as ecs.CfnService);
    } else if (relation !== undefined && isTakenForSame(relation)) {
      Annotations.of(node).addWarningV2('cdk-ecs-datadog:bareService',
        'the service is not watched, since it is a CfnService: use ecs.FargateService or ecs.Ec2Service, '
        + 'or call instrument() for its task definition');
    }
  }

  private warnOfElsewhere(service: ecs.BaseService): void {
    if (!this.isOfAnother(service)) {
      Annotations.of(service).addWarningV2('cdk-ecs-datadog:serviceElsewhere',
        `the service is not watched, since its stack is of another environment (${Stack.of(service).environment}) than the MonitoredCluster's `
        + `(${Stack.of(this.monitored).environment}): give both stacks the same 'env'`);
    }
  }

  private warnOfUnknownCluster(service: ecs.BaseService | ecs.CfnService): void {
    if (this.isOfAnother(service)) {
      return;
    }
    Annotations.of(service).addWarningV2('cdk-ecs-datadog:clusterUnknown',
      `the service is not watched, since only the deployment can tell whether its cluster is '${this.cluster.node.path}': `
      + `give it that very construct, or call ${service instanceof ecs.BaseService ? 'configure() for it, or exclude()' : 'instrument() for its task definition'}`);
  }

  /** Whether a service certainly belongs to another watched cluster of its Stage. */
  private isOfAnother(service: ecs.BaseService | ecs.CfnService): boolean {
    const others = this.all().filter((monitored) => monitored !== this.monitored && stageOf(monitored) === stageOf(service));
    return others.some(({ cluster }) => ClusterRelation.SAME
      === (service instanceof ecs.BaseService ? clusterRelation(service.cluster, cluster) : relationOfBareService(cluster, service)));
  }
}

/** Services that ECS does not roll out by itself run what somebody else decides. */
function warnOfDeployment(service: ecs.BaseService): void {
  const controller = deploymentController(service);
  if (controller !== ecs.DeploymentControllerType.ECS) {
    Annotations.of(service).addWarningV2(`cdk-ecs-datadog:deploymentController:${controller}`,
      `the task definition is instrumented, but ${controller} decides which revision runs: `
      + 'the service is watched from its next deployment on, if that uses this task definition');
  }
}
