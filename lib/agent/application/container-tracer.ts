// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { ContainerSettings } from './container-settings';
import { tracerMount, TracerContainers } from './tracer/tracer-containers';
import { TRACER_DIRECTORY } from './tracer/tracer-language';
import { TracerLibrary } from './tracer/tracer-library';
import { TracerVariable, tracerConflict, withTracer } from './tracer/tracer-variable';
import { addDependency } from '../render/dependencies';
import { addMounts, mountsThatLeadElsewhere } from '../render/mounts';

/** The tracing library of one application container. */
export class ContainerTracer {
  constructor(
    private readonly container: ecs.ContainerDefinition,
    private readonly tracer: TracerLibrary,
    private readonly containers: TracerContainers,
    private readonly given: Map<string, string>,
  ) {}

  /** Brings the library into the container, unless something there leaves no room for it. Doing it again changes nothing. */
  public apply(own: ContainerSettings): void {
    if (this.problem(own)) {
      return;
    }
    const copier = this.containers.containerFor(this.tracer);
    addMounts(this.container, [tracerMount(copier.containerName)]);
    addDependency(this.container, { container: copier, condition: ecs.ContainerDependencyCondition.SUCCESS });
    for (const variable of this.tracer._language.variables.filter(({ name }) => !this.isGiven(own, name))) {
      const value = withTracer(variable, own.variables.get(variable.name));
      if (value !== own.variables.get(variable.name)) {
        this.container.addEnvironment(variable.name, value);
        this.given.set(variable.name, value);
      }
    }
  }

  /** Says in one sentence why the library does not get in, and what to do; undefined where it does. */
  public problem(own: ContainerSettings): string | undefined {
    const { name, x86Only, variables } = this.tracer._language;
    const reason = variables.map((variable) => this.variableProblem(own, variable)).find((problem) => problem !== undefined)
      ?? (x86Only && runsArm(this.container.taskDefinition) ? 'the task runs on ARM, where it is not injected: build it into the image' : undefined)
      ?? (this.mountIsTaken() ? `it has its own mount at ${TRACER_DIRECTORY}: move it` : undefined);
    return reason && `cannot be given the tracer for ${name}, since ${reason}`;
  }

  private variableProblem(own: ContainerSettings, variable: TracerVariable): string | undefined {
    const { name } = variable;
    if (own.secrets.has(name)) {
      return `its ${name} comes from a secret, to which nothing can be added: set it as a plain variable`;
    }
    const value = own.variables.get(name);
    if (value === undefined && !this.given.has(name) && this.container.environmentFiles?.length) {
      return `an environment file may set its ${name}, which the tracer's would replace: set it as a plain variable, even an empty one`;
    }
    return tracerConflict(variable, value);
  }

  /** Whether our value still stands. */
  private isGiven(own: ContainerSettings, name: string): boolean {
    return this.given.has(name) && !own.variables.has(name);
  }

  private mountIsTaken(): boolean {
    const mount = this.container.mountPoints.find(({ containerPath }) => containerPath === TRACER_DIRECTORY);
    return mount !== undefined && mountsThatLeadElsewhere(this.container, [tracerMount(this.containers.volumeFor(this.tracer))]).length > 0;
  }
}

function runsArm(taskDefinition: ecs.TaskDefinition): boolean {
  const { runtimePlatform } = taskDefinition.node.defaultChild as ecs.CfnTaskDefinition;
  return (runtimePlatform as ecs.CfnTaskDefinition.RuntimePlatformProperty | undefined)?.cpuArchitecture === 'ARM64';
}
