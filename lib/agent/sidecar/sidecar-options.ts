// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { AgentOptions } from '../agent-options';
import { ApplicationOptions } from '../application/application-options';

/** What can be said of an Agent that runs beside one application. */
export interface SidecarOptions extends AgentOptions, ApplicationOptions {
  /**
   * The name of the service: the `service` tag. A container's own `DD_SERVICE` wins.
   *
   * @default - the container's own `DD_SERVICE`, else the task definition's family
   */
  readonly service?: string;

  /**
   * The deployed version: the `version` tag. A container's own `DD_VERSION` wins.
   *
   * @default - the container's own `DD_VERSION`, else none
   */
  readonly version?: string;

  /**
   * CPU units reserved for the Agent; 1024 units are 1 vCPU.
   *
   * @default - none; the Agent shares the task's CPU
   */
  readonly cpu?: number;

  /**
   * The Agent's memory limit in MiB. It counts towards the task's memory.
   *
   * @default - 256, on Windows 512, or more if a feature needs it
   */
  readonly memoryLimitMiB?: number;

  /**
   * Whether the task stops when the Agent stops. By default it does not: a broken Agent costs telemetry, not availability.
   *
   * @default false
   */
  readonly essential?: boolean;

  /**
   * The log driver for the Agent's own output.
   *
   * @default - the application's awslogs log group; if it has none, one log group for all sidecars of the stack, with a retention of one month
   */
  readonly logging?: ecs.LogDriver;
}
