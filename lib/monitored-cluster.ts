// SPDX-License-Identifier: Apache-2.0
import { AspectPriority, Aspects, IAspect } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct, IConstruct } from 'constructs';
import { AgentFeature, InstrumentOptions } from './agent';
import { AlertBackend, AlertRule, EcsAlarms } from './alarms';
import { DatadogAccount } from './datadog';
import { checkServiceTags } from './datadog/service-tags';
import { ILogForwarder, LogForwarder } from './logs';
import { ServiceChoices } from './monitored-cluster/service-choices';
import { ServicePlacement } from './monitored-cluster/service-placement';
import { ServiceWatcher } from './monitored-cluster/service-watcher';
import { validateProps } from './monitored-cluster/validation';
import { constructsOf, stageOf } from './private/stage-of';

/** Properties of a `MonitoredCluster`. */
export interface MonitoredClusterProps {
  /** Who is reported to. */
  readonly datadog: DatadogAccount;

  /**
   * An existing cluster to watch. Excludes `vpc`.
   *
   * @default - a new cluster with enhanced Container Insights
   */
  readonly cluster?: ecs.ICluster;

  /**
   * The VPC of the new cluster. Excludes `cluster`.
   *
   * @default - a new VPC, as `ecs.Cluster` makes one
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The environment that everything on the cluster reports, for example `prod`. A container's own `DD_ENV` wins.
   *
   * @default - none
   */
  readonly env?: string;

  /**
   * More tags for everything on the cluster.
   *
   * @default - none
   */
  readonly tags?: { readonly [key: string]: string };

  /**
   * What the Agents do besides the recommended features. A feature that works on one platform only is used there.
   *
   * @default - the recommended features only
   */
  readonly features?: AgentFeature[];

  /**
   * Whether the recommended features are on.
   *
   * @default true
   */
  readonly defaultFeatures?: boolean;

  /**
   * Whether every service on the cluster is watched; otherwise those that `configure` names. Instances get their Agent either way.
   *
   * @default true
   */
  readonly autoInstrument?: boolean;

  /**
   * Whether the cluster has EC2 instances, which need an Agent each. `Cluster.fromClusterAttributes` says so unless told otherwise, `Cluster.fromClusterArn`
   * cannot say.
   *
   * @default - what the cluster says at synthesis; an EC2 service on the cluster says so too
   */
  readonly ec2Capacity?: boolean;

  /**
   * What carries the services' CloudWatch logs to Datadog.
   *
   * @default - a new `LogForwarder`
   */
  readonly forwarder?: ILogForwarder;

  /**
   * When somebody is paged; an empty list makes no alarms.
   *
   * @default - `AlertRule.recommended()`; with a new forwarder also error logs and undelivered logs
   */
  readonly alertRules?: AlertRule[];

  /**
   * Who watches the rules, and whom they notify.
   *
   * @default - CloudWatch alarms that notify nobody, and a warning that says so
   */
  readonly alertBackends?: AlertBackend[];

  /**
   * Whether the existing cluster has Container Insights, where it does not say so itself.
   *
   * @default - what the cluster says
   */
  readonly containerInsights?: boolean;
}

/**
 * An ECS cluster that is watched as a whole: the Agent, logs and alarms for every service that is placed on it,
 * in whatever stack of the cluster's Stage, declared before or after.
 *
 * Services that cannot be watched, since they belong to another Stage, account or region, get a warning. Put it in the stack of the cluster or in one
 * that is deployed after; the secret of the key must not be in a stack that comes after the services.
 */
export class MonitoredCluster extends Construct {
  /** The cluster. Place services on it as on any other. */
  public readonly cluster: ecs.ICluster;

  /** What carries the services' CloudWatch logs to Datadog. */
  public readonly forwarder: ILogForwarder;

  /** The cluster's alarms. */
  public readonly alarms: EcsAlarms;

  private readonly choices: ServiceChoices;
  private readonly placement: ServicePlacement;
  private readonly watcher: ServiceWatcher;

  /**
   * @throws if both `cluster` and `vpc` are given, if the cluster is watched already or belongs to another account or region, if a tag is invalid,
   * if a feature is given twice or contradicts another, if no backend can express a rule
   */
  constructor(scope: Construct, id: string, props: MonitoredClusterProps) {
    validateProps(scope, props, monitoredClusters(constructsOf(stageOf(scope))));
    super(scope, id);
    this.choices = new ServiceChoices(props.autoInstrument ?? true);
    this.cluster = props.cluster ?? new ecs.Cluster(this, 'Cluster', { vpc: props.vpc, containerInsightsV2: ecs.ContainerInsights.ENHANCED });
    this.placement = new ServicePlacement(this, this.choices, () => monitoredClusters(this.node.root.node.findAll()));

    const ownForwarder = props.forwarder ? undefined : this.newForwarder(props);
    const forwarder = props.forwarder ?? ownForwarder!;
    this.forwarder = forwarder;
    this.alarms = new EcsAlarms(this, 'Alarms', {
      cluster: this.cluster,
      rules: props.alertRules ?? defaultRules(ownForwarder),
      backends: props.alertBackends,
      containerInsights: props.containerInsights,
    });

    this.watcher = new ServiceWatcher(this, { ...props, cluster: this.cluster, forwarder, ownForwarder: ownForwarder !== undefined });
    const aspect: IAspect = { visit: (node) => this.visit(node) };
    // On the Stage, since services may live in any of its stacks; and only there, since Aspects do not cross a Stage.
    Aspects.of(stageOf(this)).add(aspect, { priority: AspectPriority.MUTATING });
  }

  /**
   * Says more of one service than can be seen. With `autoInstrument: false` it also opts the service in. Several calls add up.
   *
   * @throws if the service is not on this cluster or out of reach, if a tag is invalid, if two calls contradict each other
   */
  public configure(ecsService: ecs.BaseService, options: InstrumentOptions = {}): void {
    checkServiceTags(options);
    this.placement.checkPlacement(ecsService);
    this.placement.checkReach('ecsService', ecsService);
    this.choices.configure(ecsService, options);
  }

  /**
   * Leaves a service and its task definition as they are, whatever `configure` says. An Agent on the instance of an EC2 service still sees its containers.
   *
   * @throws if the service is not on this cluster
   */
  public exclude(ecsService: ecs.BaseService): void {
    this.placement.checkPlacement(ecsService);
    this.choices.exclude(ecsService);
  }

  /**
   * Watches a task definition that no service runs: one of scheduled tasks, Step Functions or `RunTask`. Several calls add up.
   *
   * @throws if the task definition is out of reach, if a tag is invalid, if two calls contradict each other
   */
  public instrument(taskDefinition: ecs.TaskDefinition, options: InstrumentOptions = {}): void {
    checkServiceTags(options);
    this.placement.checkReach('taskDefinition', taskDefinition);
    this.choices.instrument(taskDefinition, options);
  }

  /**
   * Runs before synthesis, when all that will ever be declared is there. The Stage is the first to be visited, and everything is done then, so that other
   * Aspects (tags, checks) find what was added. The nodes below matter where such an Aspect adds services or containers of its own.
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

  private newForwarder(props: MonitoredClusterProps): LogForwarder {
    const forwarder = new LogForwarder(this, 'Forwarder', { datadog: props.datadog, env: props.env, tags: props.tags });
    // The name may be known at deployment only. It is no tag of the forwarder's, since log groups that have nothing to do with the cluster may be added to it.
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
      AlertRule.undeliveredLogs({ metric: ownForwarder.metricUndelivered() }),
      AlertRule.forwarderErrors({ metric: ownForwarder.metricErrors() }),
    ] : [],
  ];
}
