// SPDX-License-Identifier: Apache-2.0
import { AspectPriority, Aspects, IAspect } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct, IConstruct } from 'constructs';
import { AgentFeature, InstrumentOptions } from './agent';
import { checkApplication } from './agent/application/check-application';
import { AlertBackend, AlertRule, EcsAlarms } from './alarms';
import { DatadogAccount } from './datadog';
import { ILogForwarder, LogForwarder } from './logs';
import { defaultBackends, warnOfDefaultBackends } from './monitored-cluster/default-backends';
import { ServiceChoices } from './monitored-cluster/service-choices';
import { ServicePlacement } from './monitored-cluster/service-placement';
import { ServiceWatcher } from './monitored-cluster/service-watcher';
import { validateProps } from './monitored-cluster/validation';
import { constructsOf, stageOf } from './private/stage-of';
import { checkIsOfThisApp } from './private/task-containers';

/** Properties for a `MonitoredCluster`. */
export interface MonitoredClusterProps {
  /** The Datadog account to report to. */
  readonly datadog: DatadogAccount;

  /**
   * An existing cluster to monitor. Mutually exclusive with `vpc`.
   *
   * @default - a new cluster with enhanced Container Insights
   */
  readonly cluster?: ecs.ICluster;

  /**
   * The VPC for the new cluster. Mutually exclusive with `cluster`.
   *
   * @default - `ecs.Cluster` creates a new VPC
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The environment of everything on the cluster, for example `prod`: the `env` tag. A container's own `DD_ENV` wins.
   *
   * @default - none
   */
  readonly env?: string;

  /**
   * Additional tags for everything on the cluster.
   *
   * @default - none
   */
  readonly tags?: { readonly [key: string]: string };

  /**
   * Agent features to enable in addition to the recommended ones. A feature that works on one platform only is enabled on that platform.
   *
   * @default - the recommended features only
   */
  readonly features?: AgentFeature[];

  /**
   * Whether the recommended features are enabled.
   *
   * @default true
   */
  readonly defaultFeatures?: boolean;

  /**
   * Whether every service on the cluster is monitored. If not, only the services passed to `configure()` are. Container instances get an Agent
   * either way.
   *
   * @default true
   */
  readonly autoInstrument?: boolean;

  /**
   * Whether the cluster has EC2 container instances; each of them needs an Agent. A cluster from `Cluster.fromClusterAttributes()` reports EC2
   * capacity unless `hasEc2Capacity` is false; one from `Cluster.fromClusterArn()` cannot tell.
   *
   * @default - what the cluster reports at synthesis; an EC2 service on the cluster implies it too
   */
  readonly ec2Capacity?: boolean;

  /**
   * Forwards the services' CloudWatch logs to Datadog.
   *
   * @default - a new `LogForwarder`
   */
  readonly forwarder?: ILogForwarder;

  /**
   * The rules that raise an alarm. An empty list creates no alarms.
   *
   * @default - `AlertRule.recommended()`; without `forwarder` also `logErrors`, `logsStillUndelivered` and `forwarderErrors` for the new forwarder
   */
  readonly alertRules?: AlertRule[];

  /**
   * Where the alarms are created, and whom they notify.
   *
   * @default - CloudWatch alarms, and Datadog monitors if the account has an application key (a warning says if not). None of them notifies anybody,
   * and a warning says so
   */
  readonly alertBackends?: AlertBackend[];

  /**
   * Whether the existing cluster has Container Insights enabled. Needed for an imported cluster, which cannot tell.
   *
   * @default - what the cluster reports
   */
  readonly containerInsights?: boolean;
}

/**
 * An ECS cluster that is monitored as a whole: the Agent, log forwarding and alarms for every service placed on it, in any stack of the Stage,
 * whether the service is declared before or after this construct.
 *
 * Instances get one Agent. An `AgentDaemonService` or `AgentManagedDaemon` that is there stays the one; so does a daemon service of your own with the Agent's
 * image or a container `datadog-agent`, with a warning, since only it knows how applications reach it.
 *
 * Services that cannot be monitored because they belong to another Stage, account or region get a warning. Place this construct in the cluster's
 * stack or in one that is deployed after it. The stack that holds the API key's secret must not be deployed after the services' stacks.
 */
export class MonitoredCluster extends Construct {
  /** The ECS cluster. Place services on it like on any other cluster. */
  public readonly cluster: ecs.ICluster;

  /** Forwards the services' CloudWatch logs to Datadog. */
  public readonly forwarder: ILogForwarder;

  /** The cluster's alarms. */
  public readonly alarms: EcsAlarms;

  private readonly choices: ServiceChoices;
  private readonly placement: ServicePlacement;
  private readonly watcher: ServiceWatcher;

  /**
   * @throws if both `cluster` and `vpc` are given, if the cluster is already monitored or belongs to another account or region, if a tag is invalid,
   * if a feature is given twice or contradicts another one, or if no backend can express a rule
   */
  constructor(scope: Construct, id: string, props: MonitoredClusterProps) {
    validateProps(scope, props, monitoredClusters(constructsOf(stageOf(scope))));
    super(scope, id);
    this.choices = new ServiceChoices(props.autoInstrument ?? true);
    this.cluster = props.cluster ?? new ecs.Cluster(this, 'Cluster', { vpc: props.vpc, containerInsightsV2: ecs.ContainerInsights.ENHANCED });
    this.placement = new ServicePlacement(this, this.choices, () => monitoredClusters(this.node.root.node.findAll()));

    const { forwarder, ownForwarder } = this.forwarding(props);
    this.forwarder = forwarder;
    this.alarms = new EcsAlarms(this, 'Alarms', {
      cluster: this.cluster,
      rules: props.alertRules ?? defaultRules(ownForwarder),
      backends: props.alertBackends ?? defaultBackends(props.datadog),
      containerInsights: props.containerInsights,
    });

    if (!props.alertBackends && this.alarms.alarms.length > 0) {
      warnOfDefaultBackends(this.alarms, props.datadog);
    }

    this.watcher = new ServiceWatcher(this, { ...props, cluster: this.cluster, forwarder, ownForwarder: ownForwarder !== undefined });
    const aspect: IAspect = { visit: (node) => this.visit(node) };
    // On the Stage, since services may live in any of its stacks; and only there, since Aspects do not cross a Stage.
    Aspects.of(stageOf(this)).add(aspect, { priority: AspectPriority.MUTATING });
  }

  /**
   * Sets the tags of one service. With `autoInstrument: false`, it also opts the service in. Repeated calls for one service are merged.
   * Where only the deployment can tell whether the service runs on this cluster, the call says that it does.
   *
   * @throws if the service runs on another cluster, or belongs to another Stage, account or region; if a tag or a tracer is invalid; if two calls contradict
   * each other
   */
  public configure(ecsService: ecs.BaseService, options: InstrumentOptions = {}): void {
    checkApplication(options);
    this.placement.checkPlacement(ecsService);
    this.placement.checkReach('ecsService', ecsService);
    this.choices.configure(ecsService, options);
  }

  /**
   * Leaves a service and its task definition unchanged, even if `configure()` is called for it. The Agent on the container instance of an EC2
   * service still sees its containers. A task definition that a monitored service runs as well is monitored all the same, with a warning.
   *
   * @throws if the service runs on another cluster
   */
  public exclude(ecsService: ecs.BaseService): void {
    this.placement.checkPlacement(ecsService);
    this.choices.exclude(ecsService);
  }

  /**
   * Monitors a task definition that no service runs, such as that of a scheduled task, a Step Functions state or `RunTask`. Repeated calls for one
   * task definition are merged.
   *
   * @throws if the task definition was imported, or belongs to another Stage, account or region; if a tag or a tracer is invalid; if two calls contradict each other
   */
  public instrument(taskDefinition: ecs.TaskDefinition, options: InstrumentOptions = {}): void {
    checkIsOfThisApp(taskDefinition);
    checkApplication(options);
    this.placement.checkReach('taskDefinition', taskDefinition);
    this.choices.instrument(taskDefinition, options);
  }

  /**
   * Runs before synthesis, when all that will ever be declared is there. The Stage is the first to be visited, and everything is done then, so that
   * other Aspects (tags, checks) find what was added. The nodes below matter where such an Aspect adds services or containers of its own.
   */
  private visit(node: IConstruct): void {
    if (node === stageOf(this)) {
      this.placement.warnOfOtherStages();
      this.watcher.watchInstances();
      this.watch(constructsOf(node));
      return;
    }
    this.watch([node]);
    const taskDefinition = taskDefinitionOf(node);
    if (taskDefinition) {
      this.watcher.settle(taskDefinition);
    }
  }

  private watch(nodes: IConstruct[]): void {
    const servicesOf = new Map<ecs.TaskDefinition, ecs.BaseService[]>();
    for (const node of nodes) {
      const service = this.placement.asWatchedService(node);
      const taskDefinition = service?.taskDefinition ?? this.choices.asTask(node);
      if (taskDefinition) {
        servicesOf.set(taskDefinition, [...servicesOf.get(taskDefinition) ?? [], ...service ? [service] : []]);
      }
    }
    for (const [taskDefinition, services] of servicesOf) {
      this.choices.warnOfExcluded(taskDefinition);
      this.watcher.watchTask(taskDefinition, this.choices.optionsOf(taskDefinition, services), services);
    }
  }

  private forwarding(props: MonitoredClusterProps): { readonly forwarder: ILogForwarder; readonly ownForwarder?: LogForwarder } {
    if (props.forwarder) {
      return { forwarder: props.forwarder };
    }
    const ownForwarder = this.newForwarder(props);
    return { forwarder: ownForwarder, ownForwarder };
  }

  private newForwarder(props: MonitoredClusterProps): LogForwarder {
    const forwarder = new LogForwarder(this, 'Forwarder', { datadog: props.datadog, env: props.env, tags: props.tags });
    // The name may be known at deployment only. It is no tag of the forwarder's, since log groups that have nothing to do with the cluster may be
    // added to it.
    forwarder.handler.addEnvironment('DD_ECS_CLUSTER_NAME', this.cluster.clusterName);
    return forwarder;
  }
}

/** The task that a construct is part of. The resource below a task or a service is visited when all Aspects on its owner have run. */
function taskDefinitionOf(node: IConstruct): ecs.TaskDefinition | undefined {
  const owner = node.node.scope;
  if (owner instanceof ecs.BaseService) {
    return owner.taskDefinition;
  }
  // Containers may stand in any scope.
  return node instanceof ecs.ContainerDefinition ? node.taskDefinition : owner instanceof ecs.TaskDefinition ? owner : undefined;
}

function monitoredClusters(constructs: IConstruct[]): MonitoredCluster[] {
  return constructs.filter((node): node is MonitoredCluster => node instanceof MonitoredCluster);
}

/** Rules on a forwarder are for whoever made it: two clusters that share one would page twice for the same logs. */
function defaultRules(ownForwarder: LogForwarder | undefined): AlertRule[] {
  return [
    ...AlertRule.recommended(),
    ...ownForwarder ? [
      AlertRule.logErrors({ metric: ownForwarder.metricErrorLogs({ grouped: true }) }),
      // Not `undeliveredLogs`: what is only stored, the forwarder sends again itself.
      AlertRule.logsStillUndelivered({ metric: ownForwarder.metricOldestUndeliveredAge() }),
      AlertRule.forwarderErrors({ metric: ownForwarder.metricErrors() }),
    ] : [],
  ];
}
