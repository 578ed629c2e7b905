// SPDX-License-Identifier: Apache-2.0
import { Annotations, Duration, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledgeExecutionRole, acknowledgeTaskPolicy } from './agent-acknowledgements';
import { AgentManagedDaemonProps } from './agent-managed-daemon-props';
import { AgentPlan, ApplicationPlan, planAgent, usesNetwork } from './agent-plan';
import { AgentPlatform } from './agent-platform';
import { InstrumentOptions } from './application/instrument-options';
import { whenContainersAreThere } from './application/later-containers';
import { TaskInstrumentation } from './application/task-instrumentation';
import { clusterMetadataPolicy } from './cluster-metadata';
import { ownLogging } from './daemon/own-logging';
import { DaemonRoles } from './managed/daemon-roles';
import { daemonTaskDefinition } from './managed/daemon-task-definition';
import { executeCommandPolicy } from './managed/execute-command-policy';
import { checkManagedDaemon, missingProviders } from './managed/managed-daemon-validation';
import { checkServiceTags } from '../datadog/service-tags';
import { constructsOf, stageOf } from '../private/stage-of';
import { checkIsOfThisApp } from '../private/task-containers';

/**
 * The Datadog Agent on every instance that ECS manages for a cluster, as a managed daemon. It starts before the applications do; a change of it replaces the
 * instances, some at a time.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-daemons.html
 */
export class AgentManagedDaemon extends Construct {
  /** The daemon's task definition. */
  public readonly taskDefinition: ecs.CfnDaemonTaskDefinition;

  /** The daemon. */
  public readonly daemon: ecs.CfnDaemon;

  /** The capacity providers whose instances get an Agent. */
  public readonly capacityProviders: ecs.ManagedInstancesCapacityProvider[];

  private readonly plan: AgentPlan;
  private readonly env?: string;

  /**
   * @throws if there is no capacity provider, one belongs to another cluster or has a daemon already, if `drainPercent` or `bakeTime` is out of bounds,
   * if `logging` uses another driver than `awslogs` or `splunk`, if a tag is invalid, if a feature does not work in a managed daemon or is given twice
   */
  constructor(scope: Construct, id: string, props: AgentManagedDaemonProps) {
    checkServiceTags({ env: props.env, tags: props.tags });
    checkManagedDaemon(props, daemonsOf(scope).flatMap(({ capacityProviders }) => capacityProviders));
    const plan = planAgent({ platform: AgentPlatform.MANAGED_DAEMON, datadog: props.datadog }, props);
    super(scope, id);
    this.plan = plan;
    this.env = props.env;
    this.capacityProviders = [...props.capacityProviders];

    this.node.addValidation({ validate: () => missingProviders(props) });

    const roles = new DaemonRoles(this, props);
    const access = props.clusterMetadataAccess ? clusterMetadataPolicy(this, plan.platform, props.cluster) : [];
    const sessions = props.enableExecuteCommand ? executeCommandPolicy(props.cluster, Stack.of(this)) : [];
    roles.allowTask([...plan.taskRolePolicy, ...access, ...sessions]);
    this.taskDefinition = daemonTaskDefinition(this, plan, roles, props, props.logging ?? ownLogging(this));
    // The task starts by reading its key.
    this.taskDefinition.node.addDependency(roles.executionRole, ...this.node.children.filter((child) => child instanceof iam.Policy));
    this.daemon = this.newDaemon(props);
    acknowledgeExecutionRole(this, props.executionRole ? undefined : roles.executionRole);
    acknowledgeTaskPolicy(this, props.taskRole ? undefined : roles.taskRole, [...access, ...sessions]);
  }

  /**
   * Makes an application on the instances talk to the daemon: sockets or address, unified service tags on its containers, those added later included.
   * Over the network that is for Managed Instances only: for a task definition that is compatible with EC2 too, whose Agents have other addresses, it warns.
   *
   * @throws if the task definition was imported, does not run on Managed Instances, or on Fargate as well, or if a tag is invalid
   */
  public instrument(taskDefinition: ecs.TaskDefinition, options: InstrumentOptions = {}): void {
    checkServiceTags(options);
    checkIsOfThisApp(taskDefinition);
    if (!taskDefinition.isManagedInstancesCompatible || taskDefinition.isFargateCompatible) {
      throw new Error("'taskDefinition' must be compatible with Managed Instances and not with Fargate to reach the daemon, "
        + `got: '${taskDefinition.node.path}', which is not; use FargateAgentSidecar`);
    }
    this.warnOfOtherAddress(taskDefinition);
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

  /** The address is the same on all instances that ECS manages, and none on others. */
  private warnOfOtherAddress(taskDefinition: ecs.TaskDefinition): void {
    const { application, on } = this.plan;
    if (taskDefinition.isEc2Compatible && usesNetwork(application)) {
      Annotations.of(taskDefinition).addWarningV2('cdk-ecs-datadog:agentAddressOnManagedInstances',
        `the task is told that the Agent is at ${on.agentHost}, which is so on Managed Instances only, while it is compatible with EC2 too: make it compatible with `
        + 'Managed Instances alone, or use AgentTransport.UNIX_SOCKET, which works on both');
    }
  }

  private newDaemon(props: AgentManagedDaemonProps): ecs.CfnDaemon {
    const { drainPercent, bakeTime = Duration.minutes(0), deploymentAlarms = [] } = props;
    const daemon = new ecs.CfnDaemon(this, 'Daemon', {
      clusterArn: props.cluster.clusterArn,
      daemonName: props.daemonName,
      daemonTaskDefinitionArn: this.taskDefinition.attrDaemonTaskDefinitionArn,
      // The construct offers the name only.
      capacityProviderArns: props.capacityProviders.map((provider) =>
        Stack.of(provider).formatArn({ service: 'ecs', resource: 'capacity-provider', resourceName: provider.capacityProviderName })),
      deploymentConfiguration: {
        drainPercent: drainPercent ?? 25,
        bakeTimeInMinutes: bakeTime.toMinutes(),
        alarms: deploymentAlarms.length > 0 ? { enable: true, alarmNames: deploymentAlarms.map(({ alarmName }) => alarmName) } : undefined,
      },
      enableEcsManagedTags: props.enableECSManagedTags ?? true,
      propagateTags: props.propagateTags === false ? undefined : 'DAEMON',
      enableExecuteCommand: props.enableExecuteCommand,
    });
    // aws-cdk-lib knows the property since 2.272.0.
    daemon.addPropertyOverride('Critical', props.critical ?? false);
    // Their ARNs are put together from names, which does not order the resources.
    daemon.node.addDependency(...props.capacityProviders);
    return daemon;
  }
}

/** All that were made so far in a construct's Stage. */
function daemonsOf(scope: Construct): AgentManagedDaemon[] {
  return constructsOf(stageOf(scope)).filter((node): node is AgentManagedDaemon => node instanceof AgentManagedDaemon);
}
