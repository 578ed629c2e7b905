// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { ApplicationPlan } from '../agent-plan';
import { addCapabilities, knowsEntryPoint, wrapEntryPoint } from '../render/container-overrides';
import { addDependency } from '../render/dependencies';

/** How one application container starts: what runs it, what it may, and for whom it waits. */
export class ContainerStart {
  constructor(
    private readonly container: ecs.ContainerDefinition,
    private readonly plan: ApplicationPlan,
    private readonly dependencies: readonly ecs.ContainerDependency[],
  ) {}

  /** Doing it again changes nothing. */
  public apply(): void {
    if (this.isUnknown) {
      return;
    }
    addCapabilities(this.container, this.plan.capabilities);
    if (this.plan.wrapper.length > 0) {
      wrapEntryPoint(this.container, this.plan.wrapper);
    }
    this.dependencies.forEach((dependency) => addDependency(this.container, dependency));
  }

  /** Whether the container should be wrapped and cannot be, since only its image knows what it runs. */
  public get isUnknown(): boolean {
    return this.plan.wrapper.length > 0 && !knowsEntryPoint(this.container);
  }
}
