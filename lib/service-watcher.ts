// SPDX-License-Identifier: Apache-2.0
import { Annotations, Stage } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct, IConstruct } from 'constructs';
import { AgentDaemonService, AgentFeature, AgentPlatform, InstrumentOptions } from './agent';
import { AGENT_CONTAINER_NAME } from './agent/agent-container';
import { addAutomaticSidecar } from './agent/sidecar/automatic-sidecar';
import { DatadogAccount } from './datadog';
import { ILogForwarder } from './logs';
import { subscribeTaskDefinition } from './logs/subscribe-task-definition';
import { asServiceOf, deploymentController, isElsewhere, literalServiceName } from './private/cluster-services';

/** What a `MonitoredCluster` knows of all its services. */
export interface ServiceWatcherSettings {
  readonly cluster: ecs.ICluster;
  readonly forwarder: ILogForwarder;
  readonly datadog: DatadogAccount;
  readonly env?: string;
  readonly tags?: { readonly [key: string]: string };
  readonly features?: AgentFeature[];
  readonly defaultFeatures?: boolean;
  readonly ec2Capacity?: boolean;
}

/** Gives a cluster's instances, services and tasks their Agent and their log route. It runs within an Aspect, so it adds none and throws for nobody. */
export class ServiceWatcher {
  private readonly watchedTasks = new Set<ecs.TaskDefinition>();
  private daemon?: AgentDaemonService;

  constructor(private readonly scope: Construct, private readonly settings: ServiceWatcherSettings) {}

  /** The Agent for the cluster's instances, and what is out of reach. */
  public watchCluster(): void {
    if (this.settings.ec2Capacity ?? hasEc2Capacity(this.settings.cluster)) {
      this.agentDaemon();
    }
    this.warnOfOtherStages();
  }

  /** One service of the cluster, unless it is the Agent's own. */
  public watchService(service: ecs.BaseService, options: InstrumentOptions): void {
    if (service.node.scope instanceof AgentDaemonService) {
      return;
    }
    const warnings = Annotations.of(service);
    if (isElsewhere(service, this.scope)) {
      warnings.addWarningV2('cdk-ecs-datadog:serviceElsewhere', 'the service is not watched, since its stack has another account or region than the cluster\'s');
      return;
    }
    const controller = deploymentController(service);
    if (controller !== ecs.DeploymentControllerType.ECS) {
      warnings.addWarningV2(`cdk-ecs-datadog:deploymentController:${controller}`,
        `the task definition is instrumented, but ${controller} decides which revision runs: `
        + 'the service is watched from its next deployment on, if that uses this task definition');
    }
    this.watchTask(service.taskDefinition, options, literalServiceName(service));
  }

  /** One task definition, whoever runs it. Two services may share it. */
  public watchTask(taskDefinition: ecs.TaskDefinition, options: InstrumentOptions, serviceName?: string): void {
    if (this.watchedTasks.has(taskDefinition)) {
      return;
    }
    this.watchedTasks.add(taskDefinition);
    const { env, tags } = this.settings;
    const merged = { ...options, env: options.env ?? env, tags: { ...tags, ...options.tags } };
    this.addAgent(taskDefinition, merged, serviceName);
    this.addLogRoute(taskDefinition, merged, serviceName);
  }

  private addAgent(taskDefinition: ecs.TaskDefinition, options: InstrumentOptions, serviceName?: string): void {
    if (taskDefinition.isFargateCompatible) {
      addAutomaticSidecar(taskDefinition, { ...this.agentOptions(AgentPlatform.FARGATE_SIDECAR), ...options }, serviceName);
    } else if (taskDefinition.isEc2Compatible) {
      this.agentDaemon()._instrument(taskDefinition, options, serviceName);
    } else {
      Annotations.of(taskDefinition).addWarningV2('cdk-ecs-datadog:platformNotWatched', 'no Agent is added: the task runs neither on EC2 nor on Fargate');
    }
  }
  private addLogRoute(taskDefinition: ecs.TaskDefinition, options: InstrumentOptions, serviceName?: string): void {
    const { cluster, forwarder } = this.settings;
    const routes = subscribeTaskDefinition(forwarder, taskDefinition, {
      service: options.service,
      env: options.env,
      tags: options.tags,
      clusterName: cluster.clusterName,
      ecsServiceName: serviceName,
      // Its own output says how the Agent is, not how the service is.
      containers: { [AGENT_CONTAINER_NAME]: { service: AGENT_CONTAINER_NAME, source: 'agent' } },
    });
    for (const { container, id, message } of routes.problems) {
      Annotations.of(container).addWarningV2(id, message);
    }
    // On EC2 the daemon tails what has no driver of its own.
    if (!this.isTailed(taskDefinition)) {
      for (const container of routes.none) {
        Annotations.of(container).addWarningV2('cdk-ecs-datadog:noLogRoute',
          `the logs of container '${container.containerName}' go nowhere: give it logging: ecs.LogDrivers.awsLogs({ streamPrefix: '${container.containerName}' })`);
      }
    }
  }

  private isTailed(taskDefinition: ecs.TaskDefinition): boolean {
    return !taskDefinition.isFargateCompatible && (this.daemon?._collectsLogs ?? false);
  }

  /** The daemon that somebody put on the cluster already, else one of ours. */
  private agentDaemon(): AgentDaemonService {
    const { cluster } = this.settings;
    this.daemon ??= this.findDaemon() ?? new AgentDaemonService(this.scope, 'Agent', { cluster, ...this.agentOptions(AgentPlatform.EC2_DAEMON) });
    return this.daemon;
  }

  private findDaemon(): AgentDaemonService | undefined {
    const daemons = stageOf(this.scope).node.findAll().filter((node): node is AgentDaemonService => node instanceof AgentDaemonService);
    return daemons.find((daemon) => asServiceOf(this.settings.cluster, daemon.service));
  }

  private agentOptions(platform: AgentPlatform) {
    const { datadog, env, tags, defaultFeatures, features } = this.settings;
    return { datadog, env, tags, defaultFeatures, features: features?.filter((feature) => feature._worksOn(platform)) };
  }

  private warnOfOtherStages(): void {
    const own = stageOf(this.scope);
    for (const node of this.scope.node.root.node.findAll()) {
      if (stageOf(node) !== own && asServiceOf(this.settings.cluster, node)) {
        Annotations.of(this.scope).addWarningV2(`cdk-ecs-datadog:otherStage:${node.node.path}`,
          `the service '${node.node.path}' is not watched, since it belongs to another Stage than the MonitoredCluster`);
      }
    }
  }
}

function stageOf(node: IConstruct): IConstruct {
  return Stage.of(node) ?? node.node.root;
}

/** Clusters that were imported by ARN cannot say; the prop `ec2Capacity` can. */
function hasEc2Capacity(cluster: ecs.ICluster): boolean {
  try {
    return cluster.hasEc2Capacity;
  } catch {
    return false;
  }
}
