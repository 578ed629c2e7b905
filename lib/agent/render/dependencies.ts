// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';

/** Makes a container wait for another, unless it does already; an order that the user gave stays as it is. */
export function addDependency(container: ecs.ContainerDefinition, dependency: ecs.ContainerDependency): void {
  // A list that still grows renders as a token.
  const { dependsOn } = container.renderContainerDefinition();
  const existing: ecs.CfnTaskDefinition.ContainerDependencyProperty[] | undefined = Stack.of(container).resolve(dependsOn);
  if (!existing?.some(({ containerName }) => containerName === dependency.container.containerName)) {
    container.addContainerDependencies(dependency);
  }
}

/** Whether ECS would ever call a container healthy. */
export function hasHealthCheck(container: ecs.ContainerDefinition): boolean {
  return container.renderContainerDefinition().healthCheck !== undefined;
}
