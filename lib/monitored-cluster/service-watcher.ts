// SPDX-License-Identifier: Apache-2.0
import { Annotations, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct, IConstruct } from 'constructs';
import { InstrumentOptions } from '../agent';
import { AGENT_CONTAINER_NAME } from '../agent/agent-container';
import { planAgent } from '../agent/agent-plan';
import { checkApplication, checkTracers } from '../agent/application/check-application';
import { InstrumentationPlan, TaskInstrumentation, tagsOnly } from '../agent/application/task-instrumentation';
import { hasAgent } from '../agent/sidecar/agent-sidecar';
import { addAutomaticSidecar } from '../agent/sidecar/automatic-sidecar';
import { SIDECAR_PLATFORMS } from '../agent/sidecar/sidecar-platform';
import { ILogForwarder, LogIdentity } from '../logs';
import { agentOptions, featureConflict } from './agent-options';
import { ClusterDaemons, ClusterDaemonSettings } from './cluster-daemons';
import { handWrittenAgent } from './hand-written-agent';
import { AgentPlacement, placementOf } from './task-platform';
import { subscribeTaskDefinition } from '../logs/subscribe-task-definition';
import { literalClusterName, literalServiceName } from '../private/cluster-services';

/** What a `MonitoredCluster` knows of all its services. */
export interface ServiceWatcherSettings extends ClusterDaemonSettings {
  readonly forwarder: ILogForwarder;

  /** Whether the forwarder was made for this cluster, so that it knows the cluster's name where that is known at deployment only. */
  readonly ownForwarder: boolean;
}

/** Keeps a task up to date with its containers. Doing it again changes nothing. */
type Settle = () => void;

/** Gives a cluster's instances and tasks their Agent and their log route. It runs within an Aspect, so it adds none and throws for nobody. */
export class ServiceWatcher {
  private readonly tasks = new Map<IConstruct, Settle>();
  private readonly daemons: ClusterDaemons;

  constructor(scope: Construct, private readonly settings: ServiceWatcherSettings) {
    this.daemons = new ClusterDaemons(scope, settings);
  }

  /** The Agents for the cluster's instances, where it has some. */
  public watchInstances(): void {
    this.daemons.forInstances();
  }

  /** One task definition, and the services that run it. */
  public watchTask(taskDefinition: ecs.TaskDefinition, options: InstrumentOptions, services: ecs.BaseService[]): void {
    if (!this.tasks.has(taskDefinition)) {
      const { env, tags } = this.settings;
      const merged = { ...options, env: options.env ?? env, tags: { ...tags, ...options.tags } };
      const placement = this.place(taskDefinition, services);
      // An Agent is no service of its own, and its tags would stamp what it sends for others.
      const settleAgent = services.some(handWrittenAgent) ? undefined : this.addAgent(taskDefinition, merged, commonName(services), placement);
      const isTailed = 'platform' in placement && this.daemons.tails(placement.platform);
      this.tasks.set(taskDefinition, () => {
        settleAgent?.();
        this.addLogRoutes(taskDefinition, merged, services, isTailed);
      });
    }
    this.settle(taskDefinition);
  }

  /** Brings a task up to date, if it is watched. */
  public settle(taskDefinition: ecs.TaskDefinition): void {
    this.tasks.get(taskDefinition)?.();
  }

  /** Where the Agent of a task runs, if it can have the cluster's features there. */
  private place(taskDefinition: ecs.TaskDefinition, services: ecs.BaseService[]): AgentPlacement {
    const placement = placementOf(taskDefinition, services, this.daemons);
    const obstacle = 'platform' in placement ? featureConflict(this.settings, placement.platform) : undefined;
    return obstacle ? { obstacle } : placement;
  }

  private addAgent(taskDefinition: ecs.TaskDefinition, options: InstrumentOptions, serviceName: string | undefined, placement: AgentPlacement):
  Settle | undefined {
    if (hasAgent(taskDefinition) || ('platform' in placement && this.daemons.handWrittenOn(placement.platform))) {
      const plan = TaskInstrumentation.planOf(taskDefinition) ?? tagsOnly(this.settings.datadog.imageRegistry);
      return settleOf(TaskInstrumentation.obtain(taskDefinition, plan, possible(taskDefinition, options, plan), serviceName));
    }
    if ('obstacle' in placement) {
      warnOfNoAgent(taskDefinition, 'cdk-ecs-datadog:platformNotWatched', placement.obstacle);
      return undefined;
    }
    const { platform, doubt } = placement;
    if (doubt) {
      Annotations.of(taskDefinition).addWarningV2(doubt.id, doubt.message);
    }
    const own = agentOptions(this.settings, platform);
    const settings = possible(taskDefinition, options, planAgent({ platform, datadog: own.datadog }, own));
    if (SIDECAR_PLATFORMS.includes(platform)) {
      return settleOf(addAutomaticSidecar(taskDefinition, platform, { ...own, ...settings }, serviceName));
    }
    const daemon = this.daemons.on(platform);
    if (!daemon) {
      warnOfNoAgent(taskDefinition, 'cdk-ecs-datadog:noDaemon',
        `'${this.settings.cluster.node.path}' takes no daemon: import the cluster with Cluster.fromClusterAttributes()`);
    }
    return settleOf(daemon?._instrumentation(taskDefinition, settings, serviceName));
  }

  /** @param isTailed whether a daemon tails the containers that have no log driver of their own */
  private addLogRoutes(taskDefinition: ecs.TaskDefinition, options: InstrumentOptions, services: ecs.BaseService[], isTailed: boolean): void {
    const { cluster, forwarder, ownForwarder } = this.settings;
    const clusterName = literalClusterName(cluster);
    const routes = subscribeTaskDefinition(forwarder, taskDefinition, {
      service: options.service,
      env: options.env,
      tags: options.tags,
      clusterName,
      ownCluster: ownForwarder && clusterName === undefined,
      ecsServiceName: commonName(services),
      containerDefaults: logIdentities(options),
      // Its own output says how the Agent is, not how the service is.
      containers: { [AGENT_CONTAINER_NAME]: { service: AGENT_CONTAINER_NAME, source: 'agent' } },
    }, stackOfOwn(cluster));
    for (const { container, id, message } of routes.problems) {
      Annotations.of(container).addWarningV2(id, message);
    }
    if (!isTailed) {
      for (const container of routes.none) {
        Annotations.of(container).addWarningV2('cdk-ecs-datadog:noLogRoute',
          `the logs of container '${container.containerName}' go nowhere: `
          + `give it logging: ecs.LogDrivers.awsLogs({ streamPrefix: '${container.containerName}' })`);
      }
    }
  }
}

/** What was said of single containers, as far as it is true of their logs. */
function logIdentities({ containers = {} }: InstrumentOptions): { [containerName: string]: LogIdentity } {
  const watched = Object.entries(containers).filter(([, { exclude }]) => !exclude);
  return Object.fromEntries(watched.map(([name, { service, env, tags }]) => [name, { service, env, tags }]));
}

function warnOfNoAgent(taskDefinition: ecs.TaskDefinition, id: string, reason: string): void {
  Annotations.of(taskDefinition).addWarningV2(id, `no Agent is added, since ${reason}`);
}

/** What was asked for, without the tracers where they cannot work: an Aspect throws for nobody. */
function possible(taskDefinition: ecs.TaskDefinition, options: InstrumentOptions, plan: InstrumentationPlan): InstrumentOptions {
  try {
    checkApplication(options);
    checkTracers(options, plan);
    return options;
  } catch (error) {
    Annotations.of(taskDefinition).addWarningV2('cdk-ecs-datadog:tracerNotAdded', `no tracer is added to the task, since ${(error as Error).message}`);
    const containers = Object.entries(options.containers ?? {}).map(([name, container]) => [name, { ...container, tracer: undefined }]);
    return { ...options, containers: Object.fromEntries(containers) };
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
