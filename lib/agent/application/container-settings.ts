// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';

/** Variables, secrets and labels that a container has of its own, that is without those that this library gave it. */
export interface ContainerSettings {
  /** Plain variables. */
  readonly variables: ReadonlyMap<string, string>;
  /** Names of variables that come from a secret, so that nobody knows their value. */
  readonly secrets: ReadonlySet<string>;
  readonly labels: ReadonlyMap<string, string>;
}

/** Reads a container, also before synthesis; reading has no side effect. */
export function ownSettings(container: ecs.ContainerDefinition, given: ReadonlyMap<string, string>): ContainerSettings {
  const rendered = container.renderContainerDefinition() as {
    readonly environment?: { readonly name: string; readonly value: string }[];
    readonly secrets?: { readonly name: string }[];
    readonly dockerLabels?: { readonly [label: string]: string };
  };
  const own = (entries: [string, string][]) => new Map(entries.filter(([name, value]) => given.get(name) !== value));
  return {
    variables: own((rendered.environment ?? []).map(({ name, value }) => [name, value])),
    secrets: new Set((rendered.secrets ?? []).map(({ name }) => name)),
    labels: own(Object.entries(rendered.dockerLabels ?? {})),
  };
}

/** Whether a container has a variable, from wherever it comes. */
export function hasVariable({ variables, secrets }: ContainerSettings, name: string): boolean {
  return variables.has(name) || secrets.has(name);
}
