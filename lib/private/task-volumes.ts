// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';

/** Names of the volumes that a task definition has so far. Reading them has no side effect. */
export function volumeNames(taskDefinition: ecs.TaskDefinition): string[] {
  const resource = taskDefinition.node.defaultChild as ecs.CfnTaskDefinition;
  const volumes = Stack.of(taskDefinition).resolve(resource.volumes) as { name?: string }[] | undefined;
  return (volumes ?? []).flatMap(({ name }) => (name === undefined ? [] : [name]));
}
