// SPDX-License-Identifier: Apache-2.0
import { Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { executionRoleOf } from './execution-role';
import { acknowledgeLogGroupFindings } from '../agent-acknowledgements';
import { AGENT_CONTAINER_NAME } from '../agent-container';
import { applicationContainers } from '../application/application-containers';

/** The options of `awslogs` that name a group; streams are told apart by their prefix. */
const GROUP_OPTIONS = ['awslogs-group', 'awslogs-region'] as const;
const STACK_GROUP_ID = 'DatadogAgentLogs';
type GroupOptions = { readonly [option: string]: string };

/**
 * The sidecar's own output goes where the application's goes, so that it costs no further resource.
 * Only when no application container turns out to use awslogs, one group for all sidecars of the stack is made.
 */
export class SidecarLogDriver extends ecs.LogDriver {
  private group?: GroupOptions;

  constructor(private readonly taskDefinition: ecs.TaskDefinition) {
    super();
  }

  public bind(_scope: Construct, _container: ecs.ContainerDefinition): ecs.LogDriverConfig {
    this.group = applicationGroup(this.taskDefinition);
    // Without a group yet, a container that is added later may still bring one.
    const options = this.group ?? Object.fromEntries(GROUP_OPTIONS.map((option) => [option, Lazy.string({ produce: () => this.group?.[option] })]));
    return { logDriver: 'awslogs', options: { ...options, 'awslogs-stream-prefix': AGENT_CONTAINER_NAME } };
  }

  /** Decides at last, when all containers are there. */
  public settle(): void {
    this.group ??= applicationGroup(this.taskDefinition) ?? stackGroup(this.taskDefinition);
  }
}

function applicationGroup(taskDefinition: ecs.TaskDefinition): GroupOptions | undefined {
  return applicationContainers(taskDefinition).map(groupOf).find((group) => group !== undefined);
}

function groupOf(container: ecs.ContainerDefinition): GroupOptions | undefined {
  const { logDriver, options } = container.logDriverConfig ?? {};
  if (logDriver !== 'awslogs' || !options?.['awslogs-group']) {
    return undefined;
  }
  return Object.fromEntries(GROUP_OPTIONS.flatMap((option) => (options[option] ? [[option, options[option]]] : [])));
}

function stackGroup(taskDefinition: ecs.TaskDefinition): GroupOptions {
  const stack = Stack.of(taskDefinition);
  const group = stack.node.tryFindChild(STACK_GROUP_ID) as logs.LogGroup | undefined ?? newStackGroup(stack);
  group.grantWrite(executionRoleOf(taskDefinition));
  return { 'awslogs-group': group.logGroupName, 'awslogs-region': stack.region };
}

function newStackGroup(stack: Stack): logs.LogGroup {
  const group = new logs.LogGroup(stack, STACK_GROUP_ID, { retention: logs.RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
  acknowledgeLogGroupFindings(group);
  return group;
}
