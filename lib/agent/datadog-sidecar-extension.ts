// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { IConstruct, IMixin } from 'constructs';
import { whenContainersAreThere } from './application/later-containers';
import { TaskInstrumentation, tagsOnly } from './application/task-instrumentation';
import { FargateAgentSidecar } from './fargate-agent-sidecar';
import { hasAgent, planSidecar } from './sidecar/agent-sidecar';
import { SidecarOptions } from './sidecar/sidecar-options';
import { SIDECAR_PLATFORMS, sidecarPlatform } from './sidecar/sidecar-platform';

/** Properties for a `DatadogSidecarExtension`. */
export interface DatadogSidecarExtensionProps extends SidecarOptions {}

/**
 * A `FargateAgentSidecar` for task definitions that are there already: as an extension, `taskDefinition.addExtension(…)`, for one, and as a mixin,
 * `Mixins.of(scope).apply(…)`, for all below a scope that take one and are declared by then; those of later too as an Aspect, with
 * `Aspects.of(scope).add(Shims.asAspect(…), { priority: AspectPriority.MUTATING })`. One instance can serve any number of task definitions.
 */
export class DatadogSidecarExtension implements ecs.ITaskDefinitionExtension, IMixin {
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

  /** Whether a construct is a task definition of this app that runs where an Agent stands beside the application: on Fargate, or on Managed Instances alone. */
  public supports(construct: IConstruct): boolean {
    return construct instanceof ecs.TaskDefinition && sidecarPlatform(construct) !== undefined;
  }

  /**
   * Adds the sidecar to a task definition, unless it has an Agent already: then that one stays, and the applications get their tags. So applying twice equals
   * applying once.
   *
   * @throws if the construct is no task definition of this app, or cannot have the sidecar, for the same reasons as `FargateAgentSidecar`
   */
  public applyTo(construct: IConstruct): void {
    const taskDefinition = construct as ecs.TaskDefinition;
    if (this.supports(construct) && hasAgent(taskDefinition)) {
      const plan = TaskInstrumentation.planOf(taskDefinition) ?? tagsOnly(this.props.datadog.imageRegistry);
      const instrumentation = TaskInstrumentation.obtain(taskDefinition, plan, this.props);
      whenContainersAreThere(taskDefinition, () => instrumentation.settle());
    } else {
      this.extend(taskDefinition);
    }
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
