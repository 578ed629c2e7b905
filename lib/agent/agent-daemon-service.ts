// SPDX-License-Identifier: Apache-2.0
import { RemovalPolicy } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledgeDaemonFindings, acknowledgeLogGroupFindings } from './agent-acknowledgements';
import { AGENT_CONTAINER_NAME, AGENT_HEALTH_CHECK, agentImage } from './agent-container';
import { AgentOptions } from './agent-options';
import { AgentPlan, planAgent } from './agent-plan';
import { AgentPlatform } from './agent-platform';
import { InstrumentOptions } from './application/instrument-options';
import { whenContainersAreThere } from './application/later-containers';
import { TaskInstrumentation } from './application/task-instrumentation';
import { addMounts } from './render/mounts';
import { checkServiceTags } from '../datadog/service-tags';

/** Properties of an `AgentDaemonService`. */
export interface AgentDaemonServiceProps extends AgentOptions {
  /** The cluster, with EC2 capacity by the time of synthesis. Import one with `Cluster.fromClusterAttributes`, which can tell. */
  readonly cluster: ecs.ICluster;

  /**
   * Whether the cluster has EC2 capacity, where it does not know: its instances are registered by other means, for example.
   *
   * @default - what the cluster says at synthesis
   */
  readonly ec2Capacity?: boolean;

  /**
   * The Agent's network: `BRIDGE` or `HOST`. With `BRIDGE` the instances' metadata hop limit has to be 2 or more, else host tags are missing.
   *
   * @default ecs.NetworkMode.BRIDGE
   */
  readonly networkMode?: ecs.NetworkMode;

  /**
   * CPU units reserved for the Agent; 1024 are one vCPU.
   *
   * @default 256
   */
  readonly cpu?: number;

  /**
   * Memory limit of the Agent in MiB.
   *
   * @default 512
   */
  readonly memoryLimitMiB?: number;

  /**
   * Where the Agent's own output goes.
   *
   * @default - a log group of this construct, kept for a month
   */
  readonly logging?: ecs.LogDriver;

  /**
   * The role that pulls the image and reads the key.
   *
   * @default - a new role
   */
  readonly executionRole?: iam.IRole;

  /**
   * The role of the Agent itself. It is granted what the features need, which is nothing for the recommended ones.
   *
   * @default - a new role
   */
  readonly taskRole?: iam.IRole;

  /**
   * The family of the Agent's task definition.
   *
   * @default - CDK generates it
   */
  readonly family?: string;

  /**
   * The name of the ECS service.
   *
   * @default - CloudFormation generates it
   */
  readonly serviceName?: string;

  /**
   * Whether ECS tags the Agent's tasks with cluster and service.
   *
   * @default true
   */
  readonly enableECSManagedTags?: boolean;

  /**
   * Whose tags the Agent's tasks get.
   *
   * @default ecs.PropagatedTagSource.SERVICE
   */
  readonly propagateTags?: ecs.PropagatedTagSource;

  /**
   * Whether ECS Exec may open a shell in the Agent.
   *
   * @default false
   */
  readonly enableExecuteCommand?: boolean;
}

/** The Datadog Agent on every instance of an EC2 cluster, as a daemon service. */
export class AgentDaemonService extends Construct {
  /** The daemon service. */
  public readonly service: ecs.Ec2Service;

  /** The Agent's task definition. */
  public readonly taskDefinition: ecs.Ec2TaskDefinition;

  /** The Agent's container. */
  public readonly container: ecs.ContainerDefinition;

  private readonly plan: AgentPlan;
  private readonly env?: string;

  /**
   * @throws if `networkMode` is neither bridge nor host, if the cluster was imported by its ARN alone, if a tag is invalid, if a feature does not work in a daemon or is given twice
   */
  constructor(scope: Construct, id: string, props: AgentDaemonServiceProps) {
    const networkMode = props.networkMode ?? ecs.NetworkMode.BRIDGE;
    if (networkMode !== ecs.NetworkMode.BRIDGE && networkMode !== ecs.NetworkMode.HOST) {
      throw new Error(`'networkMode' must be bridge or host, since applications cannot find an Agent of another, got: '${networkMode}'`);
    }
    checkServiceTags({ env: props.env, tags: props.tags });
    checkCluster(props.cluster);
    const plan = planAgent({ platform: AgentPlatform.EC2_DAEMON, datadog: props.datadog }, props);
    super(scope, id);
    this.plan = plan;
    this.env = props.env;

    // Capacity may come after the daemon. `Ec2Service` checks this too, but not of a daemon.
    this.node.addValidation({ validate: () => missingCapacity(props.cluster, props.ec2Capacity) });

    this.taskDefinition = new ecs.Ec2TaskDefinition(this, 'TaskDefinition', {
      family: props.family,
      networkMode,
      pidMode: plan.pidMode,
      executionRole: props.executionRole,
      taskRole: props.taskRole,
    });
    plan.taskRolePolicy.forEach((statement) => this.taskDefinition.addToTaskRolePolicy(statement));
    this.container = this.taskDefinition.addContainer('Agent', {
      containerName: AGENT_CONTAINER_NAME,
      image: props.image ?? agentImage(props.datadog),
      essential: true,
      cpu: props.cpu ?? 256,
      memoryLimitMiB: props.memoryLimitMiB ?? 512,
      environment: { ...plan.environment },
      secrets: { DD_API_KEY: props.datadog.apiKey.toEcsSecret() },
      healthCheck: props.healthCheck ?? AGENT_HEALTH_CHECK,
      logging: props.logging ?? this.ownLogging(),
      portMappings: plan.ports.map(({ port, protocol }) => ({ containerPort: port, hostPort: port, protocol })),
    });
    addMounts(this.container, plan.mounts);
    acknowledgeDaemonFindings(this.taskDefinition, { ownExecutionRole: !props.executionRole });

    this.service = new ecs.Ec2Service(this, 'Service', {
      cluster: props.cluster,
      taskDefinition: this.taskDefinition,
      serviceName: props.serviceName,
      daemon: true,
      // Two Agents on one instance would fight for its sockets and ports, so the old one goes first.
      minHealthyPercent: 0,
      maxHealthyPercent: 100,
      circuitBreaker: { enable: true, rollback: true },
      placementConstraints: [ecs.PlacementConstraint.memberOf('attribute:ecs.os-type == linux')],
      enableECSManagedTags: props.enableECSManagedTags ?? true,
      propagateTags: props.propagateTags ?? ecs.PropagatedTagSource.SERVICE,
      enableExecuteCommand: props.enableExecuteCommand,
    });
  }

  /**
   * Makes an EC2 application talk to the daemon: sockets or address, unified service tags on its containers, those added later included.
   *
   * @throws if the task definition does not run on EC2 alone, or a tag is invalid
   */
  public instrument(taskDefinition: ecs.TaskDefinition, options: InstrumentOptions = {}): void {
    checkServiceTags(options);
    // Fargate refuses a task definition with the host path of the sockets, so one for both platforms takes the sidecar.
    if (!taskDefinition.isEc2Compatible || taskDefinition.isFargateCompatible) {
      throw new Error("'taskDefinition' must be compatible with EC2 and not with Fargate to reach the daemon, "
        + `got: '${taskDefinition.node.path}', which is not; use FargateAgentSidecar`);
    }
    const instrumentation = this._instrumentation(taskDefinition, options);
    instrumentation.apply();
    whenContainersAreThere(taskDefinition, () => instrumentation.settle());
  }

  /**
   * Prepares to instrument a task definition for callers that run within an Aspect: nothing happens before they settle it.
   *
   * @internal
   */
  public _instrumentation(taskDefinition: ecs.TaskDefinition, options: InstrumentOptions, serviceName?: string): TaskInstrumentation {
    return TaskInstrumentation.obtain(taskDefinition, this.plan, { ...options, env: options.env ?? this.env }, serviceName);
  }

  /**
   * Whether the Agent tails containers without a log driver of their own.
   *
   * @internal
   */
  public get _collectsLogs(): boolean {
    return this.plan.environment.DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL === 'true';
  }

  private ownLogging(): ecs.LogDriver {
    const logGroup = new logs.LogGroup(this, 'LogGroup', { retention: logs.RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
    acknowledgeLogGroupFindings(logGroup);
    return ecs.LogDrivers.awsLogs({ logGroup, streamPrefix: AGENT_CONTAINER_NAME });
  }
}

/** `Cluster.fromClusterArn` gives a cluster that throws when it is asked of its instances. */
function checkCluster(cluster: ecs.ICluster): void {
  try {
    missingCapacity(cluster);
  } catch {
    throw new Error("'cluster' must tell whether it has EC2 capacity, got: one of fromClusterArn(), which cannot and takes no service; "
      + 'use Cluster.fromClusterAttributes()');
  }
}

function missingCapacity(cluster: ecs.ICluster, hasEc2Capacity = cluster.hasEc2Capacity): string[] {
  return hasEc2Capacity ? [] : [`'cluster' must have EC2 capacity for a daemon, got: '${cluster.node.path}' with none; `
    + "call addCapacity() or addAsgCapacityProvider(), or set 'ec2Capacity' where the capacity is added elsewhere"];
}
