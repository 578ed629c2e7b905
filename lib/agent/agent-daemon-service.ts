// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledgeDaemonFindings, acknowledgeExecutionRole, acknowledgeTaskPolicy } from './agent-acknowledgements';
import { AgentDaemonServiceProps } from './agent-daemon-service-props';
import { AgentPlan, ApplicationPlan, planAgent } from './agent-plan';
import { AgentPlatform } from './agent-platform';
import { InstrumentOptions } from './application/instrument-options';
import { whenContainersAreThere } from './application/later-containers';
import { TaskInstrumentation } from './application/task-instrumentation';
import { clusterMetadataPolicy } from './cluster-metadata';
import { checkCluster, missingCapacity } from './daemon/daemon-capacity';
import { DaemonHost, daemonHost } from './daemon/daemon-host';
import { EXECUTION_POLICY_ID, TASK_POLICY_ID, daemonRole } from './daemon/daemon-role';
import { addDaemonService } from './daemon/daemon-service';
import { warnOfHopLimit } from './daemon/metadata-hop-limit';
import { ownLogging } from './daemon/own-logging';
import { executeCommandPolicy } from './managed/execute-command-policy';
import { addAgentContainers } from './render/agent-containers';
import { checkServiceTags } from '../datadog/service-tags';
import { checkIsOfThisApp } from '../private/task-containers';

/** The Datadog Agent on every instance of a cluster, on EC2 or ECS Anywhere, as a daemon service. */
export class AgentDaemonService extends Construct {
  /** The daemon service: an `ecs.Ec2Service`, or an `ecs.ExternalService` for external instances. */
  public readonly service: ecs.BaseService;

  /** The Agent's task definition. */
  public readonly taskDefinition: ecs.TaskDefinition;

  /** The Agent's container. */
  public readonly container: ecs.ContainerDefinition;

  private readonly plan: AgentPlan;
  private readonly host: DaemonHost;
  private readonly env?: string;

  /**
   * @throws if there are no such instances or the network is none that applications find an Agent in, if the cluster was imported by its ARN alone,
   * if a tag is invalid, if a feature does not work in a daemon or is given twice
   */
  constructor(scope: Construct, id: string, props: AgentDaemonServiceProps) {
    const host = daemonHost(props);
    checkServiceTags({ env: props.env, tags: props.tags });
    checkCluster(props.cluster);
    const plan = planAgent({ platform: host.platform, datadog: props.datadog }, props);
    super(scope, id);
    this.plan = plan;
    this.host = host;
    this.env = props.env;

    // Capacity may come after the daemon. `Ec2Service` checks this too, but not of a daemon.
    this.node.addValidation({
      validate: () => {
        warnOfHopLimit(this, props.cluster, host);
        return missingCapacity(props);
      },
    });

    this.taskDefinition = new ecs.TaskDefinition(this, 'TaskDefinition', {
      compatibility: host.compatibility,
      family: props.family,
      networkMode: host.networkMode,
      pidMode: plan.pidMode,
      executionRole: props.executionRole && daemonRole(this, EXECUTION_POLICY_ID, props.executionRole),
      taskRole: props.taskRole && daemonRole(this, TASK_POLICY_ID, props.taskRole),
    });
    const access = props.clusterMetadataAccess ? clusterMetadataPolicy(this, plan.platform, props.cluster) : [];
    [...plan.taskRolePolicy, ...access].forEach((statement) => this.taskDefinition.addToTaskRolePolicy(statement));
    this.container = addAgentContainers(this.taskDefinition, this.taskDefinition, plan, {
      datadog: props.datadog,
      image: props.image,
      healthCheck: props.healthCheck,
      essential: true,
      cpu: props.cpu ?? Math.max(host.cpu, plan.cpu ?? 0),
      memoryLimitMiB: props.memoryLimitMiB ?? Math.max(host.memoryLimitMiB, plan.memoryLimitMiB ?? 0),
      logging: props.logging ?? ownLogging(this),
      dockerSecurityOptions: props.dockerSecurityOptions,
      toSecret: (secret) => secret,
    }).agent;
    this.service = addDaemonService(this, this.taskDefinition, host, props);
    acknowledgeDaemonFindings(this.taskDefinition);
    acknowledgeExecutionRole(this, props.executionRole ? undefined : this.taskDefinition.executionRole);
    const sessions = props.enableExecuteCommand ? executeCommandPolicy(props.cluster, Stack.of(this)) : [];
    acknowledgeTaskPolicy(this, props.taskRole ? undefined : this.taskDefinition.taskRole, [...access, ...sessions]);
    // The task starts by reading its key. What stands below the task definition, such as a log group, is what the policies are for.
    this.taskDefinition.node.defaultChild!.node.addDependency(...this.node.children.filter((child) => child instanceof iam.Policy));
  }

  /**
   * Makes an application on the daemon's instances talk to it: sockets or address, unified service tags on its containers, those added later included.
   *
   * @throws if the task definition was imported or does not run on such instances alone, or a tag is invalid
   */
  public instrument(taskDefinition: ecs.TaskDefinition, options: InstrumentOptions = {}): void {
    checkServiceTags(options);
    this.checkTaskDefinition(taskDefinition);
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
   * How applications reach the Agent.
   *
   * @internal
   */
  public get _application(): ApplicationPlan {
    return this.plan.application;
  }

  /**
   * Which instances the Agent runs on.
   *
   * @internal
   */
  public get _platform(): AgentPlatform {
    return this.host.platform;
  }

  /**
   * Whether the Agent tails containers without a log driver of their own.
   *
   * @internal
   */
  public get _collectsLogs(): boolean {
    return this.plan.environment.DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL === 'true';
  }

  /** Fargate refuses a task definition with the host path of the sockets, so one for several platforms takes the sidecar. */
  private checkTaskDefinition(taskDefinition: ecs.TaskDefinition): void {
    checkIsOfThisApp(taskDefinition);
    const isExternal = this.host.compatibility === ecs.Compatibility.EXTERNAL;
    const runsHere = isExternal ? taskDefinition.isExternalCompatible : taskDefinition.isEc2Compatible;
    if (!runsHere || taskDefinition.isFargateCompatible) {
      throw new Error(`'taskDefinition' must be compatible with ${isExternal ? 'external instances' : 'EC2'} and not with Fargate to reach the daemon, `
        + `got: '${taskDefinition.node.path}', which is not; use FargateAgentSidecar`);
    }
  }
}
