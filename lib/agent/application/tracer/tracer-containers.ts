// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { TRACER_DIRECTORY } from './tracer-language';
import { TracerLibrary } from './tracer-library';
import { AgentMount } from '../../agent-feature-config';
import { INIT_CONTAINER_MEMORY_MIB, addInitContainer } from '../../render/init-container';
import { SidecarLogDriver } from '../../sidecar/sidecar-log-driver';
import { TaskShare } from '../../sidecar/task-room';
import { ApplicationOptions } from '../application-options';

const CONTAINER_NAME = 'datadog-tracer';

/** The containers of one task that copy tracer libraries, one a language. */
export class TracerContainers {
  private ownLogging?: SidecarLogDriver;

  /** @param logging where their output goes; by default where the application's goes */
  constructor(
    private readonly taskDefinition: ecs.TaskDefinition,
    private readonly options: () => ApplicationOptions,
    private readonly imageRegistry: string,
    private readonly logging?: ecs.LogDriver,
  ) {}

  /** The one that copies a library; it is added where it is not there yet. */
  public containerFor(tracer: TracerLibrary): ecs.ContainerDefinition {
    return this.existing(tracer) ?? this.addContainer(tracer, this.volumeFor(tracer));
  }

  /** Called when all containers are there. */
  public settle(): void {
    this.ownLogging?.settle();
  }

  /** What the containers that were added take of the task. */
  public get share(): TaskShare {
    const containers = tracersOf(this.options()).flatMap((tracer) => this.existing(tracer)?.containerName ?? []);
    return { containers, memoryMiB: containers.length * INIT_CONTAINER_MEMORY_MIB };
  }

  /** The volume that holds a library has the name of the container that copies it there. */
  public volumeFor(tracer: TracerLibrary): string {
    const name = tracerContainerNames(this.options()).get(tracer._language.name)!;
    // The name may be taken by another language, of another call.
    return this.existing(tracer)?.containerName ?? (this.taskDefinition.findContainer(name) ? nameOf(tracer) : name);
  }

  private addContainer(tracer: TracerLibrary, name: string): ecs.ContainerDefinition {
    const logging = this.logging ?? (this.ownLogging ??= new SidecarLogDriver(this.taskDefinition));
    return addInitContainer(this.taskDefinition, this.taskDefinition, {
      name,
      entryPoint: ['/datadog-init/copy-lib.sh'],
      command: [TRACER_DIRECTORY],
      // The task's volumes belong to root.
      user: '0',
      dropCapabilities: [ecs.Capability.ALL],
      mounts: [tracerMount(name)],
    }, { id: idOf(tracer), image: tracer._image(this.imageRegistry), logging });
  }

  private existing(tracer: TracerLibrary): ecs.ContainerDefinition | undefined {
    return this.taskDefinition.node.tryFindChild(idOf(tracer)) as ecs.ContainerDefinition | undefined;
  }
}

/** Where the library is, for the one that copies it and for the application; some tracers write beside it when they are loaded. */
export function tracerMount(volumeName: string): AgentMount {
  return { volumeName, containerPath: TRACER_DIRECTORY, readOnly: false };
}

/** The tracers that are asked for, one a language. */
export function tracersOf({ containers = {} }: ApplicationOptions): TracerLibrary[] {
  const tracers = Object.values(containers).flatMap(({ exclude, tracer }) => (exclude || !tracer ? [] : [tracer]));
  return [...new Map(tracers.map((tracer) => [tracer._language.name, tracer])).values()];
}

/** The name of the container that copies each language's library. */
export function tracerContainerNames(options: ApplicationOptions): Map<string, string> {
  const tracers = tracersOf(options);
  return new Map(tracers.map((tracer) => [tracer._language.name, tracers.length === 1 ? CONTAINER_NAME : nameOf(tracer)]));
}

function nameOf({ _language }: TracerLibrary): string {
  return `${CONTAINER_NAME}-${_language.name}`;
}

function idOf({ _language }: TracerLibrary): string {
  return `DatadogTracer-${_language.name}`;
}
