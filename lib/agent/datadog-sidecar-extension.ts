// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { FargateAgentSidecar } from './fargate-agent-sidecar';
import { planSidecar } from './sidecar/agent-sidecar';
import { SidecarOptions } from './sidecar/sidecar-options';

/** Properties for a `DatadogSidecarExtension`. */
export interface DatadogSidecarExtensionProps extends SidecarOptions {}

/** A task definition extension that adds a `FargateAgentSidecar`. One instance can extend any number of task definitions. */
export class DatadogSidecarExtension implements ecs.ITaskDefinitionExtension {
  /** @throws if a tag is invalid; if a feature does not work in a sidecar or is given twice; if `environment` holds a key */
  constructor(private readonly props: DatadogSidecarExtensionProps) {
    planSidecar(props);
  }

  /**
   * Adds the sidecar to a task definition.
   *
   * @throws if the task definition cannot have the sidecar, for the same reasons as `FargateAgentSidecar`
   */
  public extend(taskDefinition: ecs.TaskDefinition): void {
    new FargateAgentSidecar(taskDefinition, 'DatadogAgentSidecar', { ...this.props, taskDefinition });
  }
}
