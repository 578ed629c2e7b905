// SPDX-License-Identifier: Apache-2.0
import { Annotations } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { ServiceTags, tagDockerLabels, tagEnvironment } from '../../datadog/service-tags';
import { AgentMount } from '../agent-feature-config';
import { addMounts } from '../render/mounts';

/** What an application container is given. */
export interface ContainerInstrumentation {
  /** Unified service tags as asked for. */
  readonly tags: ServiceTags;

  /** The service's name where nobody gave one; it gives way silently. */
  readonly defaultService?: string;

  readonly environment: { readonly [name: string]: string };
  readonly mounts: readonly AgentMount[];
}

/** Adds what a container lacks. What it has stays, with a warning where that contradicts what was asked for. Doing it twice changes nothing. */
export function instrumentContainer(container: ecs.ContainerDefinition, what: ContainerInstrumentation): void {
  const own = ownSettings(container);
  const tags = {
    ...what.tags,
    env: own.tag('DD_ENV', 'com.datadoghq.tags.env') ?? what.tags.env,
    service: own.tag('DD_SERVICE', 'com.datadoghq.tags.service') ?? what.tags.service ?? what.defaultService,
    version: own.tag('DD_VERSION', 'com.datadoghq.tags.version') ?? what.tags.version,
  };
  for (const [name, value] of Object.entries({ ...tagEnvironment(tags), ...what.environment })) {
    if (!own.hasVariable(name)) {
      container.addEnvironment(name, value);
    }
  }
  for (const [label, value] of Object.entries(tagDockerLabels(tags))) {
    if (!own.hasLabel(label)) {
      container.addDockerLabel(label, value);
    }
  }
  warnOfContradictions(container, own, { ...tagEnvironment(what.tags), ...what.environment });
  addMounts(container, what.mounts);
}

function warnOfContradictions(container: ecs.ContainerDefinition, own: OwnSettings, asked: { [name: string]: string }): void {
  for (const [name, value] of Object.entries(asked)) {
    if (own.hasVariable(name) && own.variable(name) !== value) {
      Annotations.of(container).addWarningV2(`cdk-ecs-datadog:ownValueKept:${name}`,
        `container '${container.containerName}' has its own ${name}, which is kept: '${value}' is not set`);
    }
  }
}

interface OwnSettings {
  hasVariable(name: string): boolean;
  /** The plain value of a variable; undefined where it is absent or a secret. */
  variable(name: string): string | undefined;
  hasLabel(label: string): boolean;
  /** A tag's value, from whichever of its two forms the container has. */
  tag(name: string, label: string): string | undefined;
}

function ownSettings(container: ecs.ContainerDefinition): OwnSettings {
  const rendered = container.renderContainerDefinition() as {
    readonly environment?: { readonly name: string; readonly value: string }[];
    readonly secrets?: { readonly name: string }[];
    readonly dockerLabels?: { readonly [label: string]: string };
  };
  const variables = new Map((rendered.environment ?? []).map(({ name, value }) => [name, value]));
  const secrets = new Set((rendered.secrets ?? []).map(({ name }) => name));
  const labels = rendered.dockerLabels ?? {};
  return {
    hasVariable: (name) => variables.has(name) || secrets.has(name),
    variable: (name) => variables.get(name),
    hasLabel: (label) => label in labels,
    tag: (name, label) => variables.get(name) ?? labels[label],
  };
}
