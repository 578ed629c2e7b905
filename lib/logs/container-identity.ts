// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { AddTaskDefinitionOptions, LogIdentity } from './log-identity';
import { isDefaultService } from '../private/default-service';

/** One identity as the handler reads it from `identities.json`. `version` never stands here: during a rollout old tasks write to the same group. */
export interface IdentityEntry {
  readonly service?: string;
  readonly env?: string;
  readonly source?: string;
  readonly taskFamily?: string;
  readonly cluster?: string;
  /** Instead of `cluster`: its name is known at deployment only and stands in the function's environment, as `DD_ECS_CLUSTER_NAME`. */
  readonly ownCluster?: boolean;
  readonly ecsService?: string;
  readonly tags?: string[];
}

/** What this library itself may say of a task, besides what its users can. */
export interface TaskIdentity extends AddTaskDefinitionOptions {
  /** Whether the task runs on the cluster that the forwarder was made for. A `clusterName` that is known at synthesis wins. */
  readonly ownCluster?: boolean;

  /** What was said of individual containers, by their names, and gives way to what they say themselves, as their traces are named too. */
  readonly containerDefaults?: { [containerName: string]: LogIdentity };
}

/** An entry, and the user's properties that cannot stand in it since they are known at deployment only. */
export interface DerivedIdentity {
  readonly entry: IdentityEntry;
  readonly unresolved: string[];
}

/** What a forwarder gives every log that says nothing else. It stands in the function's environment, so it may be known at deployment only. */
export interface ForwarderTags {
  readonly env?: string;
  readonly tags?: { readonly [key: string]: string };
}

/** The identity of a whole log group. */
export function groupIdentity(identity: LogIdentity, given?: ForwarderTags): DerivedIdentity {
  const { service, env, source, tags } = identity;
  return literalsOnly({ service, env, source }, tags, given);
}

/**
 * The identity of one container, from what it says itself and what was said of its task.
 *
 * @param given what its logs get anyway, so that leaving it out loses nothing
 */
export function containerIdentity(container: ecs.ContainerDefinition, task: TaskIdentity, given?: ForwarderTags): DerivedIdentity {
  const override = task.containers?.[container.containerName] ?? {};
  const wanted = task.containerDefaults?.[container.containerName] ?? {};
  const own = ownTags(container);
  const ownIsDefault = isDefaultService(container, own.service);
  const { family } = container.taskDefinition;
  const runsOnOwnCluster = task.ownCluster === true && (task.clusterName === undefined || Token.isUnresolved(task.clusterName));
  const { entry, unresolved } = literalsOnly({
    service: override.service ?? (ownIsDefault ? undefined : own.service) ?? wanted.service ?? task.service ?? own.service,
    env: override.env ?? own.env ?? wanted.env ?? task.env,
    source: override.source ?? shortImageName(container.imageName),
    // An unnamed family is no mistake of the user's, so nothing is said of it.
    taskFamily: Token.isUnresolved(family) ? undefined : family,
    cluster: runsOnOwnCluster ? undefined : task.clusterName,
    ecsService: task.ecsServiceName,
  }, { ...task.tags, ...wanted.tags, ...override.tags }, given);
  return { entry: { ...entry, ...(runsOnOwnCluster ? { ownCluster: true } : {}) }, unresolved };
}

/** `public.ecr.aws/docker/library/redis:7@sha256:…` is `redis`; undefined where the image is known at deployment only. */
export function shortImageName(image: string): string | undefined {
  if (Token.isUnresolved(image)) {
    return undefined;
  }
  const [name = ''] = image.slice(image.lastIndexOf('/') + 1).split(/[:@]/);
  return /^[a-z]/i.test(name) ? name : undefined;
}

/** Unified service tags that the container carries already. Rendering it has no side effects. */
function ownTags(container: ecs.ContainerDefinition): { readonly service?: string; readonly env?: string } {
  const { environment, dockerLabels } = container.renderContainerDefinition();
  const variables = Array.isArray(environment) ? environment : [];
  const variable = (wanted: string): string | undefined => {
    const found = variables.find((entry) => 'name' in entry && entry.name === wanted);
    return found && 'value' in found ? found.value : undefined;
  };
  const label = (wanted: string): string | undefined => (dockerLabels as { [name: string]: string } | undefined)?.[wanted];
  return {
    service: variable('DD_SERVICE') ?? label('com.datadoghq.tags.service'),
    env: variable('DD_ENV') ?? label('com.datadoghq.tags.env'),
  };
}

/** The names that users know the fields by. */
const PROPERTY: { [field: string]: string } = { cluster: 'clusterName', ecsService: 'ecsServiceName' };

function literalsOnly(
  fields: { readonly [field: string]: string | undefined },
  tags: { readonly [key: string]: string } = {},
  given: ForwarderTags = {},
): DerivedIdentity {
  const said = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined);
  const lateFields = said.filter(([field, value]) => Token.isUnresolved(value) && !(field === 'env' && value === given.env));
  const isLateTag = ([key, value]: [string, string]) => Token.isUnresolved(key) || Token.isUnresolved(value);
  const lateTags = Object.entries(tags).filter((tag) => isLateTag(tag) && given.tags?.[tag[0]] !== tag[1]);
  const knownTags = Object.entries(tags).filter((tag) => !isLateTag(tag)).map(([key, value]) => `${key}:${value}`).sort();
  return {
    entry: {
      ...Object.fromEntries(said.filter(([, value]) => !Token.isUnresolved(value))),
      ...(knownTags.length > 0 ? { tags: knownTags } : {}),
    },
    unresolved: [
      ...lateFields.map(([field]) => PROPERTY[field] ?? field),
      ...lateTags.map(([key]) => (Token.isUnresolved(key) ? 'tags' : `tags.${key}`)),
    ],
  };
}
