// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { IConstruct } from 'constructs';

/**
 * The containers of a task definition in order of addition, those built in another construct's scope included.
 *
 * `node.children` misses the latter, and `findContainer` asks for a name. The list itself is `protected` in the typings only, so it is read here and
 * nowhere else.
 */
export function containersOf(taskDefinition: ecs.TaskDefinition): ecs.ContainerDefinition[] {
  checkIsOfThisApp(taskDefinition);
  const { containers } = taskDefinition as unknown as { readonly containers?: ecs.ContainerDefinition[] };
  if (!Array.isArray(containers)) {
    throw new Error('this version of aws-cdk-lib keeps the containers of a task definition elsewhere: upgrade cdk-ecs-datadog');
  }
  return [...containers];
}

/** Throws for a task definition that the app merely refers to: CloudFormation changes no resource of another stack's template. */
export function checkIsOfThisApp(taskDefinition: ecs.ITaskDefinition): void {
  if (!(taskDefinition instanceof ecs.TaskDefinition)) {
    throw new Error("'taskDefinition' must be declared in this app, since nothing can be added to one that was imported or is no task definition, "
      + `got: '${(taskDefinition as IConstruct).node.path}'; add it where its containers are declared`);
  }
}
