// SPDX-License-Identifier: Apache-2.0
import { Lazy, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';

/** A check as the Agent's labels write it. */
export interface CheckLabel {
  readonly init_config: object;
  readonly instances: object[];
}

/** What a label is written from. Each kind has labels of its own. */
const LABELS = {
  checks: 'com.datadoghq.ad.checks',
  checkNames: 'com.datadoghq.ad.check_names',
  initConfigs: 'com.datadoghq.ad.init_configs',
  instances: 'com.datadoghq.ad.instances',
  logs: 'com.datadoghq.ad.logs',
  tags: 'com.datadoghq.ad.tags',
} as const;
type LabelKind = keyof typeof LABELS;

const ID = 'DatadogAutodiscovery';

/** What has been collected for one container so far. It lives in the tree, so that every `Autodiscovery.of(container)` adds to the same. */
export class AutodiscoveryLabels extends Construct {
  /** The container's labels, if those of the given kinds are free or ours. */
  public static of(container: ecs.ContainerDefinition, ...kinds: LabelKind[]): AutodiscoveryLabels {
    const existing = container.node.tryFindChild(ID) as AutodiscoveryLabels | undefined;
    const labels = container.renderContainerDefinition().dockerLabels ?? {};
    const taken = kinds.map((kind) => LABELS[kind]).find((label) => label in labels && !existing?.written.has(label));
    if (taken) {
      throw new Error(`container '${container.containerName}' must not have a label of its own beside Autodiscovery's, got: '${taken}'`);
    }
    return existing ?? new AutodiscoveryLabels(container);
  }

  private readonly checks = new Map<string, CheckLabel>();
  private readonly logs: object[] = [];
  private readonly tags = new Set<string>();
  private readonly written = new Map<string, string>();

  private constructor(private readonly container: ecs.ContainerDefinition) {
    super(container, ID);
    this.node.addValidation({ validate: () => this.overwritten() });
  }

  public hasCheck(name: string): boolean {
    return this.checks.has(name);
  }

  public addCheck(name: string, check: CheckLabel, legacy: boolean): void {
    this.checks.set(name, check);
    this.write('checks', () => Object.fromEntries(this.checks));
    if (legacy) {
      this.write('checkNames', () => [...this.checks.keys()]);
      this.write('initConfigs', () => [...this.checks.values()].map(({ init_config }) => init_config));
      this.write('instances', () => [...this.checks.values()].map(({ instances }) => (instances.length === 1 ? instances[0] : instances)));
    }
  }

  public addLogs(logs: object): void {
    this.logs.push(logs);
    this.write('logs', () => this.logs);
  }

  public addTags(tags: string[]): void {
    tags.forEach((tag) => this.tags.add(tag));
    this.write('tags', () => [...this.tags]);
  }

  /** A label's value is rendered late, since it grows with every call. */
  private write(kind: LabelKind, content: () => unknown): void {
    const label = LABELS[kind];
    if (!this.written.has(label)) {
      this.written.set(label, Lazy.string({ produce: () => Stack.of(this).toJsonString(content()) }));
      this.container.addDockerLabel(label, this.written.get(label)!);
    }
  }

  private overwritten(): string[] {
    const labels = (this.container.renderContainerDefinition().dockerLabels ?? {}) as { [label: string]: string };
    return [...this.written].filter(([label, value]) => labels[label] !== value)
      .map(([label]) => `container '${this.container.containerName}' must not replace Autodiscovery's label '${label}'`);
  }
}
