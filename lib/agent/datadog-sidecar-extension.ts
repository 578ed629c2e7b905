// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { FargateAgentSidecar } from './fargate-agent-sidecar';
import { planSidecar } from './sidecar/agent-sidecar';
import { SidecarOptions } from './sidecar/sidecar-options';

/** Properties of a `DatadogSidecarExtension`. */
export interface DatadogSidecarExtensionProps extends SidecarOptions {}

/** Adds a `FargateAgentSidecar` to whatever takes a task definition extension. One instance serves any number of task definitions. */
export class DatadogSidecarExtension implements ecs.ITaskDefinitionExtension {
  /** @throws if a tag is invalid, if a feature does not work in a sidecar or is given twice */
  constructor(private readonly props: DatadogSidecarExtensionProps) {
    planSidecar(props);
  }

  /**
   * Adds the sidecar to one task definition.
   *
   * @throws if the task definition cannot take it, as `FargateAgentSidecar` does
   */
  public extend(taskDefinition: ecs.TaskDefinition): void {
    new FargateAgentSidecar(taskDefinition, 'DatadogAgentSidecar', { ...this.props, taskDefinition });
  }
}
