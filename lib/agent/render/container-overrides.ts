// SPDX-License-Identifier: Apache-2.0
import { Lazy, Token } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';

/** What a container is given that its construct takes at its birth only. */
interface Overrides {
  readonly capabilities: Set<ecs.Capability>;
  wrapper: readonly string[];
}

type Rendered = ecs.CfnTaskDefinition.ContainerDefinitionProperty;

const OVERRIDES = new WeakMap<ecs.ContainerDefinition, Overrides>();

/** Adds Linux capabilities to those that a container has. Doing it again changes nothing. */
export function addCapabilities(container: ecs.ContainerDefinition, capabilities: readonly ecs.Capability[]): void {
  if (capabilities.length > 0) {
    const overrides = overridesOf(container);
    capabilities.forEach((capability) => overrides.capabilities.add(capability));
  }
}

/** Puts a wrapper before a container's own entry point. Doing it again, or where the user did it, changes nothing. */
export function wrapEntryPoint(container: ecs.ContainerDefinition, wrapper: readonly string[]): void {
  overridesOf(container).wrapper = wrapper;
}

/** Whether a container says what it runs, so that something can be put before it; otherwise only its image knows. */
export function knowsEntryPoint(container: ecs.ContainerDefinition): boolean {
  const { entryPoint } = container.renderContainerDefinition();
  return entryPoint !== undefined && entryPoint.length > 0 && !Token.isUnresolved(entryPoint);
}

/**
 * The construct has no setters for these, and the task definition's list of containers must not be touched, so what the container renders as is
 * extended: by its public method, on this one instance.
 */
function overridesOf(container: ecs.ContainerDefinition): Overrides {
  const existing = OVERRIDES.get(container);
  if (existing) {
    return existing;
  }
  const overrides: Overrides = { capabilities: new Set(), wrapper: [] };
  OVERRIDES.set(container, overrides);
  const render = container.renderContainerDefinition.bind(container);
  container.renderContainerDefinition = (taskDefinition) => extend(render(taskDefinition), overrides);
  return overrides;
}

function extend(rendered: Rendered, { capabilities, wrapper }: Overrides): Rendered {
  const { entryPoint } = rendered;
  const isWrapped = wrapper.every((word, index) => entryPoint?.[index] === word);
  return {
    ...rendered,
    ...(isWrapped ? {} : { entryPoint: [...wrapper, ...entryPoint ?? []] }),
    ...(capabilities.size > 0 ? { linuxParameters: withCapabilities(rendered.linuxParameters, [...capabilities].sort()) } : {}),
  };
}

function withCapabilities(given: Rendered['linuxParameters'], added: string[]): ecs.CfnTaskDefinition.LinuxParametersProperty {
  const parameters = given as ecs.CfnTaskDefinition.LinuxParametersProperty | undefined;
  const capabilities = parameters?.capabilities as ecs.CfnTaskDefinition.KernelCapabilitiesProperty | undefined;
  // The container's own are a token, since they may still grow.
  const add = Lazy.uncachedList({
    produce: (context) => [...new Set<string>([...context.resolve(capabilities?.add) ?? [], ...added])],
  });
  return { ...parameters, capabilities: { ...capabilities, add } };
}
