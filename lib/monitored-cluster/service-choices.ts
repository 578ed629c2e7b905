// SPDX-License-Identifier: Apache-2.0
import { Annotations } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { IConstruct } from 'constructs';
import { InstrumentOptions } from '../agent';
import { checkApplication } from '../agent/application/check-application';
import { mergeOptions } from '../private/merge-options';

/** What the user said of single services and tasks of a cluster. The order of saying it does not matter. */
export class ServiceChoices {
  private readonly configured = new Map<IConstruct, InstrumentOptions>();
  private readonly excluded = new Set<ecs.BaseService>();
  private readonly tasks = new Map<IConstruct, InstrumentOptions>();

  constructor(private readonly autoInstrument: boolean) {}

  /** Throws if an earlier call said something else. */
  public configure(service: ecs.BaseService, options: InstrumentOptions): void {
    this.configured.set(service, combine(service, this.configured.get(service), options));
  }

  public exclude(service: ecs.BaseService): void {
    this.excluded.add(service);
  }

  /** Throws if an earlier call said something else. */
  public instrument(taskDefinition: ecs.TaskDefinition, options: InstrumentOptions): void {
    this.tasks.set(taskDefinition, combine(taskDefinition, this.tasks.get(taskDefinition), options));
  }

  /** A construct as a task that was asked for by name. */
  public asTask(node: IConstruct): ecs.TaskDefinition | undefined {
    return node instanceof ecs.TaskDefinition && this.tasks.has(node) ? node : undefined;
  }

  /** Whether the user named the service as one to watch. */
  public isConfigured(service: ecs.BaseService): boolean {
    return this.configured.has(service) && !this.excluded.has(service);
  }

  /** Warns where a task definition that is watched is run by a service too that was excluded: whatever is added reaches that service. */
  public warnOfExcluded(taskDefinition: ecs.TaskDefinition): void {
    const services = [...this.excluded].filter((service) => service.taskDefinition === taskDefinition);
    const excluded = services.map((service) => `'${service.node.path}'`).sort();
    if (excluded.length > 0) {
      Annotations.of(taskDefinition).addWarningV2('cdk-ecs-datadog:sharedTaskDefinition:exclude',
        `excluded services run this task definition, which is watched for others, so they are watched too: ${excluded.join(', ')}; `
        + 'give them a task definition of their own');
    }
  }

  public isWatched(service: ecs.BaseService): boolean {
    return !this.excluded.has(service) && (this.autoInstrument || this.configured.has(service));
  }

  /**
   * All that was said of a task and of the services that run it. Where that contradicts itself, the task's own comes first, then the services by
   * path.
   */
  public optionsOf(taskDefinition: ecs.TaskDefinition, services: ecs.BaseService[]): InstrumentOptions {
    const byPath = [...services].sort((a, b) => (a.node.path < b.node.path ? -1 : 1));
    const said = [this.tasks.get(taskDefinition), ...byPath.map((service) => this.configured.get(service))];
    return said.reduce<InstrumentOptions>((merged, options = {}) => mergeOptions(merged, options, (property) => {
      Annotations.of(taskDefinition).addWarningV2(`cdk-ecs-datadog:sharedTaskDefinition:${property}`,
        `'${property}' was given differently for those who run this task definition: give each service a task definition of its own`);
    }), {});
  }
}

function combine(construct: IConstruct, earlier: InstrumentOptions = {}, options: InstrumentOptions): InstrumentOptions {
  const combined = mergeOptions(earlier, options, (property) => {
    throw new Error(`'${property}' of '${construct.node.path}' must be the same in every call`);
  });
  checkApplication(combined);
  return combined;
}
