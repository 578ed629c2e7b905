// SPDX-License-Identifier: Apache-2.0
import { Annotations, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct, IConstruct } from 'constructs';
import { AgentDaemonService, AgentFeature, AgentPlatform, InstrumentOptions } from '../agent';
import { AGENT_CONTAINER_NAME } from '../agent/agent-container';
import { TAGS_ONLY, TaskInstrumentation } from '../agent/application/task-instrumentation';
import { hasAgent } from '../agent/sidecar/agent-sidecar';
import { addAutomaticSidecar } from '../agent/sidecar/automatic-sidecar';
import { DatadogAccount } from '../datadog';
import { ILogForwarder } from '../logs';
import { platformObstacle, runsOnInstances } from './task-platform';
import { subscribeTaskDefinition } from '../logs/subscribe-task-definition';
import { asServiceOf, knownEc2Capacity, literalClusterName, literalServiceName } from '../private/cluster-services';
import { constructsOf, stageOf } from '../private/stage-of';

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

  /** Whether the forwarder was made for this cluster, so that it knows the cluster's name where that is known at deployment only. */
  readonly ownForwarder: boolean;
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

  /** One task definition, and the services that run it. */
  public watchTask(taskDefinition: ecs.TaskDefinition, options: InstrumentOptions, services: ecs.BaseService[]): void {
    if (!this.tasks.has(taskDefinition)) {
      const { env, tags } = this.settings;
      const merged = { ...options, env: options.env ?? env, tags: { ...tags, ...options.tags } };
      const serviceName = commonName(services);
      const settleAgent = this.addAgent(taskDefinition, merged, services);
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

  private addAgent(taskDefinition: ecs.TaskDefinition, options: InstrumentOptions, services: ecs.BaseService[]): Settle | undefined {
    const serviceName = commonName(services);
    if (hasAgent(taskDefinition)) {
      return settleOf(TaskInstrumentation.obtain(taskDefinition, TAGS_ONLY, options, serviceName));
    }
    const warnings = Annotations.of(taskDefinition);
    const obstacle = platformObstacle(taskDefinition, services);
    if (obstacle) {
      warnings.addWarningV2(obstacle.id, `no Agent is added, since ${obstacle.reason}`);
      return undefined;
    }
    if (taskDefinition.isFargateCompatible) {
      const sidecar = addAutomaticSidecar(taskDefinition, { ...agentOptions(this.settings, AgentPlatform.FARGATE_SIDECAR), ...options }, serviceName);
      return settleOf(sidecar);
    }
    const instrumentation = this.agentDaemon()?._instrumentation(taskDefinition, options, serviceName);
    if (!instrumentation) {
      warnings.addWarningV2('cdk-ecs-datadog:noDaemon',
        `no Agent is added, since '${this.settings.cluster.node.path}' takes no daemon: import the cluster with Cluster.fromClusterAttributes()`);
    }
    return settleOf(instrumentation);
  }

  private addLogRoutes(taskDefinition: ecs.TaskDefinition, options: InstrumentOptions, serviceName?: string): void {
    const { cluster, forwarder, ownForwarder } = this.settings;
    const clusterName = literalClusterName(cluster);
    const routes = subscribeTaskDefinition(forwarder, taskDefinition, {
      service: options.service,
      env: options.env,
      tags: options.tags,
      clusterName,
      ownCluster: ownForwarder && clusterName === undefined,
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
          `the logs of container '${container.containerName}' go nowhere: `
          + `give it logging: ecs.LogDrivers.awsLogs({ streamPrefix: '${container.containerName}' })`);
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

/** The stack that makes the cluster, which the alarms and the forwarder refer to. An imported cluster is of none. */
function stackOfOwn(cluster: ecs.ICluster): Stack | undefined {
  return cluster instanceof ecs.Cluster ? Stack.of(cluster) : undefined;
}

/** The name of the one service that runs a task, where it is known. */
function commonName(services: ecs.BaseService[]): string | undefined {
  const names = new Set(services.map(literalServiceName));
  return names.size === 1 ? [...names][0] : undefined;
}

function settleOf(watched: { settle(): void } | undefined): Settle | undefined {
  return watched && (() => watched.settle());
}
