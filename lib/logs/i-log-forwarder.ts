// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { IConstruct } from 'constructs';
import { AddLogGroupOptions, AddTaskDefinitionOptions } from './log-identity';

/** Something that carries the logs of CloudWatch log groups to Datadog. It is a subscription destination like any other. */
export interface ILogForwarder extends IConstruct, logs.ILogSubscriptionDestination {
  /**
   * Forwards a log group. Adding a group twice makes one subscription; the options of all calls are combined.
   *
   * @throws for a group of another region or account, for a group of the Infrequent Access class, for the forwarder's own log group, for a group
   *   that has no subscription filter left (2 per group), and if two calls contradict each other
   */
  addLogGroup(logGroup: logs.ILogGroupRef, options?: AddLogGroupOptions): void;

  /**
   * Forwards every log group that the task definition's containers write to with the `awslogs` driver; containers may also be added later.
   *
   * @throws like `addLogGroup`
   */
  addTaskDefinition(taskDefinition: ecs.TaskDefinition, options?: AddTaskDefinitionOptions): void;

  /**
   * Forwards the logs of a service: those of its task definition, with the names of cluster and service where the app says them. A service that was
   * imported has no task definition.
   *
   * @throws like `addLogGroup`
   */
  addService(ecsService: ecs.BaseService, options?: AddTaskDefinitionOptions): void;
}
