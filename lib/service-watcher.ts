// SPDX-License-Identifier: Apache-2.0
import { Annotations, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct, IConstruct } from 'constructs';
import { AgentDaemonService, AgentFeature, AgentPlatform, InstrumentOptions } from './agent';
import { AGENT_CONTAINER_NAME } from './agent/agent-container';
import { runsWindows } from './agent/sidecar/agent-sidecar';
import { addAutomaticSidecar } from './agent/sidecar/automatic-sidecar';
import { DatadogAccount } from './datadog';
import { ILogForwarder } from './logs';
import { subscribeTaskDefinition } from './logs/subscribe-task-definition';
import { asServiceOf, deploymentController, isBareServiceOf, knownEc2Capacity } from './private/cluster-services';
import { constructsOf, stageOf } from './private/stage-of';

/** What all Agents of a cluster have in common. */
export interface ClusterAgentSettings {
  readonly datadog: DatadogAccount;
  readonly env?: string;
  readonly tags?: { readonly [key: string]: string };
  readonly features?: AgentFeature[];
  readonly defaultFeatures?: boolean;
}

/** What a `MonitoredCluster` knows of all its services. */
export interface ServiceWatcherSettings extends ClusterAgentSettings {
  readonly cluster: ecs.ICluster;
  readonly forwarder: ILogForwarder;
  readonly ec2Capacity?: boolean;
}

/** The Agents that a `MonitoredCluster` adds. */
export const WATCHED_PLATFORMS = [AgentPlatform.FARGATE_SIDECAR, AgentPlatform.EC2_DAEMON];

/** The options of the Agent on one platform, without the features that do not work there. */
export function agentOptions({ datadog, env, tags, defaultFeatures, features }: ClusterAgentSettings, platform: AgentPlatform) {
  return { datadog, env, tags, defaultFeatures, features: features?.filter((feature) => feature._worksOn(platform)) };
}

/** Keeps a task up to date with its containers. Doing it again changes nothing. */
type Settle = () => void;

/** Gives a cluster's instances and tasks their Agent and their log route. It runs within an Aspect, so it adds none and throws for nobody. */
export class ServiceWatcher {
  private readonly tasks = new Map<IConstruct, Settle>();
  private daemon?: AgentDaemonService;

  constructor(private readonly scope: Construct, private readonly settings: ServiceWatcherSettings) {}

  /** The Agent for the cluster's instances, where it has some. */
  public watchInstances(): void {
    if (this.settings.ec2Capacity ?? knownEc2Capacity(this.settings.cluster)) {
      this.agentDaemon();
    }
  }

  /** One task definition, whoever runs it. */
  public watchTask(taskDefinition: ecs.TaskDefinition, options: InstrumentOptions, serviceName?: string): void {
    if (!this.tasks.has(taskDefinition)) {
      const { env, tags } = this.settings;
      const merged = { ...options, env: options.env ?? env, tags: { ...tags, ...options.tags } };
      const settleAgent = this.addAgent(taskDefinition, merged, serviceName);
      this.tasks.set(taskDefinition, () => {
        settleAgent?.();
        this.addLogRoutes(taskDefinition, merged, serviceName);
      });
    }
    this.settle(taskDefinition);
  }

  /** Brings a task up to date, if it is watched. */
  public settle(taskDefinition: ecs.TaskDefinition): void {
    this.tasks.get(taskDefinition)?.();
  }

  private addAgent(taskDefinition: ecs.TaskDefinition, options: InstrumentOptions, serviceName?: string): Settle | undefined {
    if (taskDefinition.isFargateCompatible) {
      const sidecar = addAutomaticSidecar(taskDefinition, { ...agentOptions(this.settings, AgentPlatform.FARGATE_SIDECAR), ...options }, serviceName);
      return sidecar && (() => sidecar.settle());
    }
    const warnings = Annotations.of(taskDefinition);
    if (!runsOnInstances(taskDefinition)) {
      const [id, platform] = runsWindows(taskDefinition) ? ['windowsNotWatched', 'runs Windows'] : ['platformNotWatched', 'runs neither on EC2 nor on Fargate'];
      warnings.addWarningV2(`cdk-ecs-datadog:${id}`, `no Agent is added, since the task ${platform}`);
      return undefined;
    }
    const instrumentation = this.agentDaemon()?._instrumentation(taskDefinition, options, serviceName);
    if (!instrumentation) {
      warnings.addWarningV2('cdk-ecs-datadog:noDaemon',
        `no Agent is added, since '${this.settings.cluster.node.path}' takes no daemon: import the cluster with Cluster.fromClusterAttributes()`);
    }
    return instrumentation && (() => instrumentation.settle());
  }

  private addLogRoutes(taskDefinition: ecs.TaskDefinition, options: InstrumentOptions, serviceName?: string): void {
    const { cluster, forwarder } = this.settings;
    const routes = subscribeTaskDefinition(forwarder, taskDefinition, {
      service: options.service,
      env: options.env,
      tags: options.tags,
      clusterName: cluster.clusterName,
      ecsServiceName: serviceName,
      // Its own output says how the Agent is, not how the service is.
      containers: { [AGENT_CONTAINER_NAME]: { service: AGENT_CONTAINER_NAME, source: 'agent' } },
    }, stackOfOwn(cluster));
    for (const { container, id, message } of routes.problems) {
      Annotations.of(container).addWarningV2(id, message);
    }
    if (!this.isTailed(taskDefinition)) {
      for (const container of routes.none) {
        Annotations.of(container).addWarningV2('cdk-ecs-datadog:noLogRoute',
          `the logs of container '${container.containerName}' go nowhere: give it logging: ecs.LogDrivers.awsLogs({ streamPrefix: '${container.containerName}' })`);
      }
    }
  }

  /** Whether the daemon tails the containers that have no log driver of their own. */
  private isTailed(taskDefinition: ecs.TaskDefinition): boolean {
    return runsOnInstances(taskDefinition) && (this.agentDaemon()?._collectsLogs ?? false);
  }

  /** The daemon that somebody put on the cluster already, else one of ours, where the cluster takes one. */
  private agentDaemon(): AgentDaemonService | undefined {
    this.daemon ??= this.findDaemon() ?? this.newDaemon();
    return this.daemon;
  }

  private newDaemon(): AgentDaemonService | undefined {
    const { cluster, ec2Capacity } = this.settings;
    if (knownEc2Capacity(cluster) === undefined) {
      return undefined;
    }
    return new AgentDaemonService(this.scope, 'Agent', { cluster, ec2Capacity, ...agentOptions(this.settings, AgentPlatform.EC2_DAEMON) });
  }

  private findDaemon(): AgentDaemonService | undefined {
    const daemons = constructsOf(stageOf(this.scope)).filter((node): node is AgentDaemonService => node instanceof AgentDaemonService);
    return daemons.find(({ service }) => asServiceOf(this.settings.cluster, service));
  }
}

/** Services that ECS does not roll out by itself run what somebody else decides. */
export function warnOfDeployment(service: ecs.BaseService): void {
  const controller = deploymentController(service);
  if (controller !== ecs.DeploymentControllerType.ECS) {
    Annotations.of(service).addWarningV2(`cdk-ecs-datadog:deploymentController:${controller}`,
      `the task definition is instrumented, but ${controller} decides which revision runs: `
      + 'the service is watched from its next deployment on, if that uses this task definition');
  }
}

/** A service of the generated class does not say which task definition construct it runs. */
export function warnOfBareService(node: IConstruct, cluster: ecs.ICluster): void {
  if (isBareServiceOf(cluster, node)) {
    Annotations.of(node).addWarningV2('cdk-ecs-datadog:bareService',
      'the service is not watched, since it is a CfnService: use ecs.FargateService or ecs.Ec2Service, or call instrument() for its task definition');
  }
}

/** One that runs on Fargate as well takes the sidecar. */
function runsOnInstances(taskDefinition: ecs.TaskDefinition): boolean {
  return taskDefinition.isEc2Compatible && !taskDefinition.isFargateCompatible && !runsWindows(taskDefinition);
}

/** The stack that makes the cluster, which the alarms and the forwarder refer to. An imported cluster is of none. */
function stackOfOwn(cluster: ecs.ICluster): Stack | undefined {
  return cluster instanceof ecs.Cluster ? Stack.of(cluster) : undefined;
}
