// SPDX-License-Identifier: Apache-2.0
import { Annotations, AspectPriority, Aspects, IAspect } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { IConstruct } from 'constructs';
import { addressOfLogGroup } from './log-group-address';
import { AddLogGroupOptions, AddTaskDefinitionOptions, checkLogIdentity, checkTaskLogIdentity } from './log-identity';
import { LogSubscriptions } from './log-subscriptions';
import { literalClusterName, literalServiceName } from '../private/cluster-services';
import { containersOf } from '../private/task-containers';

/** `addLogGroup` of every forwarder: what the user asked for by name either happens or throws, before anything is added. */
export function addLogGroup(subscriptions: LogSubscriptions, logGroup: logs.ILogGroupRef, options: AddLogGroupOptions = {}): void {
  checkLogIdentity(options);
  const { filterPattern, ...identity } = options;
  const address = addressOfLogGroup(logGroup);
  const refusal = subscriptions.refusalOf(address);
  if (refusal) {
    throw new Error(refusal.message);
  }
  subscriptions.addGroup(address, identity, filterPattern);
  for (const property of subscriptions.unresolvedOf(identity)) {
    Annotations.of(logGroup).addWarningV2('cdk-ecs-datadog:unresolvedLogIdentity',
      `'${property}' of log group '${address.displayName}' is known at deployment only, so its logs are forwarded without it`);
  }
  warnWhereUnheard(subscriptions, logGroup, identity);
}

/** `bind` of every forwarder: a filter that the user makes counts like one of ours. */
export function noteUserMade(subscriptions: LogSubscriptions, logGroup: logs.ILogGroupRef): void {
  const refusal = subscriptions.noteUserMade(logGroup);
  if (refusal) {
    throw new Error(refusal.message);
  }
}

/** `addTaskDefinition` of every forwarder. */
export function addTaskDefinition(subscriptions: LogSubscriptions, taskDefinition: ecs.TaskDefinition, options: AddTaskDefinitionOptions = {}): void {
  checkTaskLogIdentity(options);
  forwardNow(subscriptions, taskDefinition, options);
  const { filterPattern, ...identity } = options;
  warnWhereUnheard(subscriptions, taskDefinition, identity);
  taskDefinition.node.addValidation({
    validate: () => {
      warnWhereNothingIsForwarded(subscriptions, taskDefinition);
      return unknownContainers(taskDefinition, options);
    },
  });
  Aspects.of(taskDefinition).add(new LaterContainers(subscriptions, taskDefinition, options), { priority: AspectPriority.MUTATING });
}

/** `addService` of every forwarder: its task definition, with the names of cluster and service where the app says them. */
export function addService(subscriptions: LogSubscriptions, ecsService: ecs.BaseService, options: AddTaskDefinitionOptions = {}): void {
  // To a forwarder that hears nothing, nothing was said either.
  const names = subscriptions.knowsIdentities
    ? { clusterName: literalClusterName(ecsService.cluster), ecsServiceName: literalServiceName(ecsService) }
    : {};
  addTaskDefinition(subscriptions, ecsService.taskDefinition, { ...names, ...options });
}

function forwardNow(subscriptions: LogSubscriptions, taskDefinition: ecs.TaskDefinition, options: AddTaskDefinitionOptions): void {
  const refused = subscriptions.plan(taskDefinition).problems;
  if (refused.length > 0) {
    throw new Error(refused.map(({ container, message }) => `container '${container.containerName}' of '${taskDefinition.node.path}': ${message}`).join('\n'));
  }
  subscriptions.addTask(taskDefinition, options, (property) => {
    throw new Error(`'${property}' of task definition '${taskDefinition.node.path}' must be the same in every call`);
  });
}

/** Containers may be added after `addTaskDefinition`. */
class LaterContainers implements IAspect {
  constructor(
    private readonly subscriptions: LogSubscriptions,
    private readonly taskDefinition: ecs.TaskDefinition,
    private readonly options: AddTaskDefinitionOptions,
  ) {}

  public visit(node: IConstruct): void {
    if (node === this.taskDefinition || node instanceof ecs.ContainerDefinition) {
      forwardNow(this.subscriptions, this.taskDefinition, this.options);
    }
  }
}

/** Asked when all containers are there. */
function warnWhereNothingIsForwarded(subscriptions: LogSubscriptions, taskDefinition: ecs.TaskDefinition): void {
  if (subscriptions.plan(taskDefinition).forwarded.length === 0) {
    Annotations.of(taskDefinition).addWarningV2('cdk-ecs-datadog:noLogGroup',
      `no container of '${taskDefinition.node.path}' has the awslogs driver, so the forwarder carries none of its logs`);
  }
}

function unknownContainers(taskDefinition: ecs.TaskDefinition, options: AddTaskDefinitionOptions): string[] {
  const known = containersOf(taskDefinition).map(({ containerName }) => containerName);
  return Object.keys(options.containers ?? {})
    .filter((name) => !known.includes(name))
    .map((name) => `'containers' must name containers of the task definition (${known.join(', ')}), got: '${name}'`);
}

/** An identity lives in the function's code, which nobody here can change for a function that is owned elsewhere. */
function warnWhereUnheard(subscriptions: LogSubscriptions, scope: IConstruct, identity: object): void {
  if (!subscriptions.knowsIdentities && Object.values(identity).some((value) => value !== undefined)) {
    Annotations.of(scope).addWarningV2('cdk-ecs-datadog:importedForwarder',
      'what is said of these logs does not reach an imported forwarder: say it where the forwarder is made, or in the stream prefix');
  }
}
