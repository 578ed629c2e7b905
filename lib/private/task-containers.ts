// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';

/**
 * The containers of a task definition in order of addition, those built in another construct's scope included.
 *
 * `node.children` misses the latter, and `findContainer` asks for a name. The list itself is `protected` in the typings only, so it is read here and
 * nowhere else.
 */
export function containersOf(taskDefinition: ecs.TaskDefinition): ecs.ContainerDefinition[] {
  const { containers } = taskDefinition as unknown as { readonly containers?: ecs.ContainerDefinition[] };
  if (!Array.isArray(containers)) {
    throw new Error('this version of aws-cdk-lib keeps the containers of a task definition elsewhere: upgrade cdk-ecs-datadog');
  }
  return [...containers];
}
