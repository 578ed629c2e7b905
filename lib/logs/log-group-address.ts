// SPDX-License-Identifier: Apache-2.0
import { Stack, Token } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { ResourceEnvironment } from 'aws-cdk-lib/interfaces';
import { Construct, IConstruct } from 'constructs';
import { LogGroupId } from './log-group-id';
import { referencedConstruct } from '../private/referenced-construct';

/** A log group as somebody names it. */
export interface NamedLogGroup extends LogGroupId {
  /** The group's name for messages: literal, or the path of its construct. */
  readonly displayName: string;
}

/** Where a log group is, and where a subscription filter for it belongs. */
export interface LogGroupAddress extends NamedLogGroup {
  /** The group's own resource, where this app makes it. */
  readonly resource?: logs.CfnLogGroup;
  /** A construct of the stack that the filter goes to. */
  readonly anchor: IConstruct;
  /** The construct that filters are children of, where it exists already. */
  find(): IConstruct | undefined;
  /** Makes (or finds) the construct that filters are children of. Nothing is added to the tree before. */
  place(): FilterPlace;
}

/** A construct beside the log group, never one of the forwarder's: filters there make no cycle between stacks. */
export interface FilterPlace {
  readonly scope: Construct;
  readonly logGroup: logs.ILogGroupRef;
}

/** One namespace a stack for groups that are known by name only. */
const NAMESPACE = 'DatadogLogSubscriptions';

/** The address of a group given as a construct. */
export function addressOfLogGroup(logGroup: logs.ILogGroupRef): LogGroupAddress {
  const name = logGroup.logGroupRef.logGroupName;
  return addressOfOwned(name, logGroup) ?? addressOfLiteral(name, logGroup.env, Stack.of(logGroup), logGroup) ?? {
    key: opaqueKey(name, logGroup),
    displayName: logGroup.node.path,
    env: logGroup.env,
    anchor: logGroup,
    find: () => logGroup,
    place: () => ({ scope: logGroup as Construct, logGroup }),
  };
}

/** The address of the group that a container's `awslogs` driver names. */
export function addressOfAwslogs(container: ecs.ContainerDefinition, name: string, region: string | undefined): LogGroupAddress {
  const { taskDefinition } = container;
  const stack = Stack.of(taskDefinition);
  // The driver writes within the task's account, always.
  const env = { account: stack.account, region: region ?? stack.region };
  const owned = addressOfOwned(name, taskDefinition);
  if (owned?.resource) {
    return Stack.of(owned.resource) === stack ? owned : besideTask(owned, owned.resource, stack);
  }
  return addressOfLiteral(name, env, stack) ?? {
    key: opaqueKey(name, taskDefinition),
    displayName: `${taskDefinition.node.path}, container '${container.containerName}'`,
    env,
    anchor: taskDefinition,
    find: () => findIn(taskDefinition, container.containerName),
    place: () => placeByName(childOf(childOf(taskDefinition, NAMESPACE), container.containerName), name),
  };
}

/**
 * For a group of another stack, in the task's: that stack refers to the group already, and may hold the forwarder. A filter beside the group
 * would refer back.
 */
function besideTask(owned: LogGroupAddress, resource: logs.CfnLogGroup, stack: Stack): LogGroupAddress {
  const id = resource.node.path.replace(/\//g, ':');
  return {
    ...owned,
    anchor: stack,
    find: () => findIn(stack, id),
    place: () => ({ scope: childOf(childOf(stack, NAMESPACE), id), logGroup: resource }),
  };
}

/**
 * The same group with its filter in a stack that refers to the group's stack already: there, beside the group, it would refer back.
 *
 * @param name as the driver gives it
 */
export function subscribedFrom(stack: Stack, address: LogGroupAddress, name: string): LogGroupAddress {
  const id = address.displayName.replace(/\//g, ':');
  return {
    ...address,
    find: () => findIn(stack, id),
    place: () => {
      const scope = childOf(childOf(stack, NAMESPACE), id);
      return address.resource ? { scope, logGroup: address.resource } : placeByName(scope, name);
    },
  };
}

/** A group that is named in `scope`'s stack, however it is named. */
export function namedLogGroup(name: string, scope: IConstruct): NamedLogGroup {
  const { account, region } = Stack.of(scope);
  const isLiteral = !Token.isUnresolved(name);
  const { key, displayName, env } = addressOfOwned(name, scope) ?? {
    key: isLiteral ? literalKey(name) : opaqueKey(name, scope),
    displayName: isLiteral ? name : scope.node.path,
    env: { account, region },
  };
  return { key, displayName, env };
}

/** Where the name is a reference to a log group of this app: beside that group, whoever names it. */
function addressOfOwned(name: string, scope: IConstruct): LogGroupAddress | undefined {
  const resource = referencedConstruct(name, scope);
  if (!logs.CfnLogGroup.isCfnLogGroup(resource)) {
    return undefined;
  }
  const stack = Stack.of(resource);
  const { account, region } = stack;
  const literal = resource.logGroupName !== undefined && !Token.isUnresolved(resource.logGroupName) ? resource.logGroupName : undefined;
  const parent = resource.node.scope;
  const isWrapped = parent !== undefined && 'logGroupRef' in parent && parent.node.defaultChild === resource;
  return {
    key: literal === undefined ? `construct:${resource.node.addr}` : literalKey(literal),
    displayName: literal ?? (isWrapped ? parent.node.path : resource.node.path),
    env: { account, region },
    anchor: resource,
    resource,
    find: () => (isWrapped ? parent : resource),
    place: () => ({ scope: isWrapped ? parent as Construct : resource, logGroup: resource }),
  };
}

function addressOfLiteral(name: string, env: ResourceEnvironment, stack: Stack, logGroup?: logs.ILogGroupRef): LogGroupAddress | undefined {
  if (Token.isUnresolved(name)) {
    return undefined;
  }
  // A slash separates construct ids; no log group's name holds a colon.
  const id = name.replace(/\//g, ':');
  return {
    key: literalKey(name),
    displayName: name,
    env,
    anchor: stack,
    find: () => findIn(stack, id),
    place: () => {
      const scope = childOf(childOf(stack, NAMESPACE), id);
      return logGroup ? { scope, logGroup } : placeByName(scope, name);
    },
  };
}

function placeByName(scope: Construct, name: string): FilterPlace {
  const existing = scope.node.tryFindChild('LogGroup') as logs.ILogGroup | undefined;
  return { scope, logGroup: existing ?? logs.LogGroup.fromLogGroupName(scope, 'LogGroup', name) };
}

function findIn(scope: IConstruct, id: string): IConstruct | undefined {
  return scope.node.tryFindChild(NAMESPACE)?.node.tryFindChild(id);
}

function childOf(scope: IConstruct, id: string): Construct {
  return scope.node.tryFindChild(id) as Construct | undefined ?? new Construct(scope as Construct, id);
}

function literalKey(name: string): string {
  return `name:${name}`;
}

function opaqueKey(name: string, scope: IConstruct): string {
  const target = referencedConstruct(name, scope);
  return target ? `construct:${target.node.addr}` : `token:${Stack.of(scope).node.addr}/${JSON.stringify(Stack.of(scope).resolve(name))}`;
}
