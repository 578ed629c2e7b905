// SPDX-License-Identifier: Apache-2.0
import * as logs from 'aws-cdk-lib/aws-logs';
import { checkServiceTags } from '../datadog/service-tags';
import { checkUnifiedTag } from '../private/tag-syntax';

/** What a log line says of where it comes from. What is left out, the forwarder reads from the log stream's name or leaves to its own `env` and tags. */
export interface LogIdentity {
  /**
   * The service, `service` in Datadog.
   *
   * @default - the stream's prefix says it, else `cloudwatch`, as with Datadog's own forwarder
   */
  readonly service?: string;

  /**
   * The environment, `env` in Datadog.
   *
   * @default - the forwarder's
   */
  readonly env?: string;

  /**
   * The technology that wrote the line, `ddsource` in Datadog: it selects the pipeline that parses it, for example `nginx` or `java`.
   *
   * @default - the image's short name where a container is known, else `cloudwatch`
   */
  readonly source?: string;

  /**
   * More tags.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/** Options of `addLogGroup`. */
export interface AddLogGroupOptions extends LogIdentity {
  /**
   * Which events are forwarded.
   *
   * @default - all
   */
  readonly filterPattern?: logs.IFilterPattern;
}

/** Options of `addTaskDefinition`. */
export interface AddTaskDefinitionOptions {
  /**
   * The service that the task's containers belong to. A container's own `DD_SERVICE` or `com.datadoghq.tags.service` label wins, so that
   * its logs and its traces carry the same name.
   *
   * @default - each container's own, else the stream's prefix says it
   */
  readonly service?: string;

  /**
   * The environment. A container's own `DD_ENV` or `com.datadoghq.tags.env` label wins.
   *
   * @default - each container's own, else the forwarder's
   */
  readonly env?: string;

  /**
   * More tags for every container.
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
   * @default - logs carry no `ecs_service_name`
   */
  readonly ecsServiceName?: string;

  /**
   * What differs for single containers, by container name. It wins over everything else.
   *
   * @default - nothing
   */
  readonly containers?: { [containerName: string]: LogIdentity };

  /**
   * Which events are forwarded.
   *
   * @default - all
   */
  readonly filterPattern?: logs.IFilterPattern;
}

/** Throws on the first value that Datadog would refuse or change. */
export function checkLogIdentity(identity: LogIdentity): void {
  checkServiceTags(identity);
  checkUnifiedTag('source', identity.source);
}

/** The same for a whole task. */
export function checkTaskLogIdentity(options: AddTaskDefinitionOptions): void {
  checkServiceTags(options);
  for (const identity of Object.values(options.containers ?? {})) {
    checkLogIdentity(identity);
  }
}
