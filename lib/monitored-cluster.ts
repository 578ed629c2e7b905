// SPDX-License-Identifier: Apache-2.0
import { AspectPriority, Aspects, Stage } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct, IConstruct } from 'constructs';
import { AgentFeature, InstrumentOptions } from './agent';
import { AlertBackend, AlertRule, EcsAlarms } from './alarms';
import { DatadogAccount } from './datadog';
import { checkServiceTags } from './datadog/service-tags';
import { ILogForwarder, LogForwarder } from './logs';
import { asServiceOf } from './private/cluster-services';
import { ServiceWatcher } from './service-watcher';

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
   * Whether every service on the cluster is watched; otherwise those that `configure` names.
   *
   * @default true
   */
  readonly autoInstrument?: boolean;

  /**
   * Whether the cluster has EC2 instances, which need an Agent each. An imported cluster may not know.
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
   * When somebody is paged.
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
 */
export class MonitoredCluster extends Construct {
  /** The cluster. Place services on it as on any other. */
  public readonly cluster: ecs.ICluster;

  /** What carries the services' CloudWatch logs to Datadog. */
  public readonly forwarder: ILogForwarder;

  /** The cluster's alarms. */
  public readonly alarms: EcsAlarms;

  private readonly autoInstrument: boolean;
  private readonly configured = new Map<IConstruct, InstrumentOptions>();
  private readonly excluded = new Set<IConstruct>();
  private readonly tasks = new Map<IConstruct, InstrumentOptions>();
  private readonly visited = new Set<IConstruct>();

  /**
   * @throws if both `cluster` and `vpc` are given, if a tag is invalid, if a feature is given twice, if no backend can express a rule
   */
  constructor(scope: Construct, id: string, props: MonitoredClusterProps) {
    if (props.cluster && props.vpc) {
      throw new Error("'cluster' and 'vpc' exclude each other, since a cluster has its network already, got: both");
    }
    checkServiceTags({ env: props.env, tags: props.tags });
    super(scope, id);
    this.autoInstrument = props.autoInstrument ?? true;
    this.cluster = props.cluster ?? new ecs.Cluster(this, 'Cluster', { vpc: props.vpc, containerInsightsV2: ecs.ContainerInsights.ENHANCED });

    const forwarder = props.forwarder ?? this.newForwarder(props);
    this.forwarder = forwarder;
    this.alarms = new EcsAlarms(this, 'Alarms', {
      cluster: this.cluster,
      rules: props.alertRules ?? defaultRules(forwarder),
      backends: props.alertBackends,
      containerInsights: props.containerInsights,
    });

    const watcher = new ServiceWatcher(this, { ...props, cluster: this.cluster, forwarder });
    // On the Stage, since services may live in any of its stacks; and only there, since Aspects do not cross a Stage.
    Aspects.of(Stage.of(this) ?? this.node.root).add({ visit: (node) => this.visit(node, watcher) }, { priority: AspectPriority.MUTATING });
  }

  /**
   * Says more of one service than can be seen. With `autoInstrument: false` it also opts the service in.
   *
   * @throws if the service is not on this cluster, or a tag is invalid
   */
  public configure(ecsService: ecs.BaseService, options: InstrumentOptions = {}): void {
    checkServiceTags(options);
    this.checkPlacement(ecsService);
    this.configured.set(ecsService, { ...this.configured.get(ecsService), ...options });
  }

  /**
   * Leaves a service and its task definition as they are.
   *
   * @throws if the service is not on this cluster
   */
  public exclude(ecsService: ecs.BaseService): void {
    this.checkPlacement(ecsService);
    this.excluded.add(ecsService);
  }

  /**
   * Watches a task definition that no service runs: one of scheduled tasks, Step Functions or `RunTask`.
   *
   * @throws if a tag is invalid
   */
  public instrument(taskDefinition: ecs.TaskDefinition, options: InstrumentOptions = {}): void {
    checkServiceTags(options);
    this.tasks.set(taskDefinition, { ...this.tasks.get(taskDefinition), ...options });
  }

  /** Runs before synthesis, when all that will ever be declared is there. */
  private visit(node: IConstruct, watcher: ServiceWatcher): void {
    if (this.visited.has(node)) {
      return;
    }
    this.visited.add(node);
    if (node === this) {
      watcher.watchCluster();
    }
    const task = this.tasks.get(node);
    if (task && node instanceof ecs.TaskDefinition) {
      watcher.watchTask(node, task);
    }
    const service = asServiceOf(this.cluster, node);
    if (service && !this.excluded.has(service) && (this.autoInstrument || this.configured.has(service))) {
      watcher.watchService(service, this.configured.get(service) ?? {});
    }
  }

  private newForwarder(props: MonitoredClusterProps): LogForwarder {
    return new LogForwarder(this, 'Forwarder', {
      datadog: props.datadog,
      env: props.env,
      // All that this forwarder sees ran on this cluster, whose name may be known at deployment only.
      tags: { ...props.tags, ecs_cluster_name: this.cluster.clusterName },
    });
  }

  private checkPlacement(ecsService: ecs.BaseService): void {
    if (!asServiceOf(this.cluster, ecsService)) {
      throw new Error(`'ecsService' must be placed on the cluster '${this.cluster.node.path}', got: '${ecsService.node.path}'`);
    }
  }
}

function defaultRules(forwarder: ILogForwarder): AlertRule[] {
  if (!(forwarder instanceof LogForwarder)) {
    return AlertRule.recommended();
  }
  return [
    ...AlertRule.recommended(),
    AlertRule.logErrors({ metric: forwarder.metricErrorLogs({ grouped: true }) }),
    AlertRule.undeliveredLogs({ metric: forwarder.metricUndelivered() }),
  ];
}
