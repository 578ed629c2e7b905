// SPDX-License-Identifier: Apache-2.0
import * as logs from 'aws-cdk-lib/aws-logs';
import { checkServiceTags } from '../datadog/service-tags';
import { checkUnifiedTag } from '../private/tag-syntax';

/**
 * Where logs come from. What is left out is read from the log stream's name, or falls back to the forwarder's own `env` and tags. A value that is known
 * at deployment only is left out too, with a warning, unless the forwarder's own is the same.
 */
export interface LogIdentity {
  /**
   * The service, `service` in Datadog.
   *
   * @default - the first part of the stream's name, for containers; else the source, as with Datadog's own forwarder
   */
  readonly service?: string;

  /**
   * The environment, `env` in Datadog.
   *
   * @default - the forwarder's
   */
  readonly env?: string;

  /**
   * The technology that wrote the log, `ddsource` in Datadog. It selects the pipeline that parses the log, for example `nginx` or `java`.
   *
   * @default - the short name of the container's image, else `ecs` for containers and `cloudwatch` for the rest
   */
  readonly source?: string;

  /**
   * Additional tags.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/** Options of `addLogGroup`. */
export interface AddLogGroupOptions extends LogIdentity {
  /**
   * Which log events are forwarded.
   *
   * @default - all of them
   */
  readonly filterPattern?: logs.IFilterPattern;
}

/** Options of `addTaskDefinition`. */
export interface AddTaskDefinitionOptions {
  /**
   * The service that the task's containers belong to. A container's own `DD_SERVICE` or `com.datadoghq.tags.service` label wins, so that
   * its logs and its traces carry the same name; one that this library gave it for want of another does not, so name the service there as well.
   *
   * @default - each container's own, else the first part of the stream's name
   */
  readonly service?: string;

  /**
   * The environment. A container's own `DD_ENV` or `com.datadoghq.tags.env` label wins.
   *
   * @default - each container's own, else the forwarder's
   */
  readonly env?: string;

  /**
   * Additional tags for every container.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Name of the ECS cluster that the task runs on. Must be known when the app is synthesized.
   *
   * @default - logs carry no `ecs_cluster_name`
   */
  readonly clusterName?: string;

  /**
   * Name of the ECS service that runs the task. Must be known when the app is synthesized.
   *
   * @default - logs carry no `ecs_service`
   */
  readonly ecsServiceName?: string;

  /**
   * What is different for individual containers, by container name. It wins over everything else.
   *
   * @default - nothing
   */
  readonly containers?: { [containerName: string]: LogIdentity };

  /**
   * Which log events are forwarded.
   *
   * @default - all of them
   */
  readonly filterPattern?: logs.IFilterPattern;
}

/** Throws on the first value that Datadog would refuse or change. */
export function checkLogIdentity(identity: LogIdentity): void {
  checkServiceTags(identity);
  checkUnifiedTag('source', identity.source);
  checkOwnProperties(identity.tags, ['env', 'service', 'source', 'version']);
}

/** The same for a whole task. */
export function checkTaskLogIdentity(options: AddTaskDefinitionOptions): void {
  checkLogIdentity({ service: options.service, env: options.env, tags: options.tags });
  for (const identity of Object.values(options.containers ?? {})) {
    checkLogIdentity(identity);
  }
}

/** A log carries one of each: what is a property of its own, or comes from the running task as the version does, is no tag beside it. */
export function checkOwnProperties(tags: { readonly [key: string]: string } = {}, properties: string[]): void {
  for (const key of Object.keys(tags)) {
    if (properties.includes(key.toLowerCase())) {
      throw new Error(`'tags' must not hold ${properties.join(', ')}, got: '${key}:${tags[key]}'`);
    }
  }
}
