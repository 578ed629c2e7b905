// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { AgentOptions } from '../agent-options';

/** What can be said of an Agent that runs beside one application. */
export interface SidecarOptions extends AgentOptions {
  /**
   * The service's name. A container's own `DD_SERVICE` wins.
   *
   * @default - the container's own `DD_SERVICE`, else the task definition's family
   */
  readonly service?: string;

  /**
   * The version that is deployed. A container's own `DD_VERSION` wins.
   *
   * @default - the container's own `DD_VERSION`, else none
   */
  readonly version?: string;

  /**
   * CPU units reserved for the Agent; 1024 are one vCPU.
   *
   * @default - none reserved; the Agent shares the task's CPU
   */
  readonly cpu?: number;

  /**
   * Memory limit of the Agent in MiB. It counts towards the task's memory.
   *
   * @default 256
   */
  readonly memoryLimitMiB?: number;

  /**
   * Whether the task stops when the Agent does. By default a broken Agent costs telemetry, not availability.
   *
   * @default false
   */
  readonly essential?: boolean;

  /**
   * Where the Agent's own output goes.
   *
   * @default - to the awslogs group of the application; where it has none, to one group for all sidecars of the stack, kept for a month
   */
  readonly logging?: ecs.LogDriver;
}
