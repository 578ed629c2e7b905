// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { FargateAgentSidecar } from './fargate-agent-sidecar';
import { planSidecar } from './sidecar/agent-sidecar';
import { SidecarOptions } from './sidecar/sidecar-options';
import { SIDECAR_PLATFORMS } from './sidecar/sidecar-platform';

/** Properties for a `DatadogSidecarExtension`. */
export interface DatadogSidecarExtensionProps extends SidecarOptions {}

/** A task definition extension that adds a `FargateAgentSidecar`. One instance can extend any number of task definitions. */
export class DatadogSidecarExtension implements ecs.ITaskDefinitionExtension {
  /** @throws if a tag is invalid, if a feature is given twice or works in no sidecar */
  constructor(private readonly props: DatadogSidecarExtensionProps) {
    checkOptions(props);
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

/** Throws on what is wrong wherever the task definitions run; the rest shows when there is one. */
function checkOptions(options: SidecarOptions): void {
  const errors = SIDECAR_PLATFORMS.flatMap((platform) => {
    try {
      planSidecar(options, platform);
      return [];
    } catch (error) {
      return [error];
    }
  });
  if (errors.length === SIDECAR_PLATFORMS.length) {
    throw errors[0];
  }
}
