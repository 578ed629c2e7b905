// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { FargateAgentSidecar } from './fargate-agent-sidecar';
import { SidecarOptions } from './sidecar/sidecar-options';

/** Properties of a `DatadogSidecarExtension`. */
export interface DatadogSidecarExtensionProps extends SidecarOptions {}

/** Adds a `FargateAgentSidecar` to whatever takes a task definition extension. One instance serves any number of task definitions. */
export class DatadogSidecarExtension implements ecs.ITaskDefinitionExtension {
  constructor(private readonly props: DatadogSidecarExtensionProps) {}

  /** Adds the sidecar to one task definition. */
  public extend(taskDefinition: ecs.TaskDefinition): void {
    new FargateAgentSidecar(taskDefinition, 'DatadogAgentSidecar', { ...this.props, taskDefinition });
  }
}
