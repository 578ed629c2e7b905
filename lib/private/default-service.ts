// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';

const DEFAULTS = new WeakMap<ecs.ContainerDefinition, string>();

/** Remembers that a container's `service` is what this library gave it for want of another; undefined if it is not. */
export function rememberDefaultService(container: ecs.ContainerDefinition, service: string | undefined): void {
  if (service === undefined) {
    DEFAULTS.delete(container);
  } else {
    DEFAULTS.set(container, service);
  }
}

/** Whether a container's `service` is one that nobody asked for. */
export function isDefaultService(container: ecs.ContainerDefinition, service: string | undefined): boolean {
  return service !== undefined && DEFAULTS.get(container) === service;
}
