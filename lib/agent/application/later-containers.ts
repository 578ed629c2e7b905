// SPDX-License-Identifier: Apache-2.0
import { AspectPriority, Aspects, IAspect } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { IConstruct } from 'constructs';

/** Calls back just before synthesis, when the containers that a task gets later are there, however they are added. It may call more than once. */
export function whenContainersAreThere(taskDefinition: ecs.TaskDefinition, callback: () => void): void {
  const aspect: IAspect = {
    visit(node: IConstruct) {
      if (node === taskDefinition || node instanceof ecs.ContainerDefinition) {
        callback();
      }
    },
  };
  Aspects.of(taskDefinition).add(aspect, { priority: AspectPriority.MUTATING });
}
