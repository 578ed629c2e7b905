// SPDX-License-Identifier: Apache-2.0
import { TracerLibrary } from './tracer/tracer-library';

/** What is said of one container of a task. What the container says itself wins. */
export interface ContainerOptions {
  /**
   * The service's name, where it is not the task's.
   *
   * @default - as for the whole task
   */
  readonly service?: string;

  /**
   * The version that is deployed, where it is not the task's.
   *
   * @default - as for the whole task
   */
  readonly version?: string;

  /**
   * The environment, where it is not the task's.
   *
   * @default - as for the whole task
   */
  readonly env?: string;

  /**
   * More tags for the container's traces and custom metrics; they replace those of the task by the same keys.
   *
   * @default - as for the whole task
   */
  readonly tags?: { readonly [key: string]: string };

  /**
   * Whether the container is left as it is. The Agent still sees that it runs.
   *
   * @default false
   */
  readonly exclude?: boolean;

  /**
   * The tracing library that is brought into the container without a change of its image. It needs `AgentFeature.apm`, and Linux.
   *
   * @default - none; the application brings its own, or sends no traces
   */
  readonly tracer?: TracerLibrary;
}
