// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';

/** A volume of a task definition: its name, and the path on the container instance where it is bound to one. */
export interface TaskVolume {
  readonly name?: string;
  readonly host?: { readonly sourcePath?: string };
}

/** The volumes that a task definition has so far. Reading them has no side effect. */
export function volumesOf(taskDefinition: ecs.TaskDefinition): TaskVolume[] {
  const resource = taskDefinition.node.defaultChild as ecs.CfnTaskDefinition;
  return (Stack.of(taskDefinition).resolve(resource.volumes) as TaskVolume[] | undefined) ?? [];
}
