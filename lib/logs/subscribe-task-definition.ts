// SPDX-License-Identifier: Apache-2.0
import { Stack, Token } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { TaskIdentity } from './container-identity';
import { ILogForwarder } from './i-log-forwarder';
import { subscriptionsOf } from './log-subscriptions';
import { TaskLogRoutes } from './task-log-routes';
import { FIRST_WINS } from '../private/merge-options';

export type { LogRouteProblem, TaskLogRoutes } from './task-log-routes';

/**
 * Forwards what a task definition's containers write to, as they are now, and tells where each container's logs go.
 *
 * For automatic instrumentation: it adds no Aspect, so it may run inside one; it never throws over a detail; what the user said before, with
 * `addTaskDefinition`, stays. A second call says more of the same task. Names of cluster and service that are known at deployment only are left out
 * without a word, since most are. With `ownCluster`, the function's environment has to hold the cluster's name as `DD_ECS_CLUSTER_NAME`.
 *
 * @param upstream a stack that the forwarder's stack refers to: filters for its groups stand in the forwarder's stack, else the two would refer to
 * each other
 */
export function subscribeTaskDefinition(
  forwarder: ILogForwarder,
  taskDefinition: ecs.TaskDefinition,
  identity: TaskIdentity = {},
  upstream?: Stack,
): TaskLogRoutes {
  const literals = { clusterName: literal(identity.clusterName), ecsServiceName: literal(identity.ecsServiceName) };
  return subscriptionsOf(forwarder).addTask(taskDefinition, { ...identity, ...literals }, FIRST_WINS, upstream);
}

function literal(name: string | undefined): string | undefined {
  return Token.isUnresolved(name) ? undefined : name;
}
