// SPDX-License-Identifier: Apache-2.0
import { Lazy, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';

/** A check as the Agent's labels write it. */
export interface CheckLabel {
  readonly init_config: object;
  readonly instances: object[];
}

const ID = 'DatadogAutodiscovery';

/** What has been collected for one container so far. It lives in the tree, so that every `Autodiscovery.of(container)` adds to the same. */
export class AutodiscoveryLabels extends Construct {
  public static of(container: ecs.ContainerDefinition): AutodiscoveryLabels {
    const existing = container.node.tryFindChild(ID);
    return existing ? existing as AutodiscoveryLabels : new AutodiscoveryLabels(container);
  }

  private readonly checks = new Map<string, CheckLabel>();
  private readonly logs: object[] = [];
  private readonly tags: string[] = [];
  private readonly written = new Set<string>();

  private constructor(private readonly container: ecs.ContainerDefinition) {
    super(container, ID);
  }

  public addCheck(name: string, check: CheckLabel, legacy: boolean): void {
    if (this.checks.has(name)) {
      throw new Error(`'name' must be a check that the container does not have yet, got: '${name}'`);
    }
    this.write('com.datadoghq.ad.checks', () => Object.fromEntries(this.checks));
    if (legacy) {
      this.write('com.datadoghq.ad.check_names', () => [...this.checks.keys()]);
      this.write('com.datadoghq.ad.init_configs', () => [...this.checks.values()].map(({ init_config }) => init_config));
      this.write('com.datadoghq.ad.instances', () => [...this.checks.values()].map(({ instances }) => (instances.length === 1 ? instances[0] : instances)));
    }
    this.checks.set(name, check);
  }

  public addLogs(logs: object): void {
    this.write('com.datadoghq.ad.logs', () => this.logs);
    this.logs.push(logs);
  }

  public addTags(tags: string[]): void {
    this.write('com.datadoghq.ad.tags', () => this.tags);
    this.tags.push(...tags);
  }

  /** A label's value is rendered late, since it grows with every call. */
  private write(label: string, content: () => unknown): void {
    if (this.written.has(label)) {
      return;
    }
    if (label in (this.container.renderContainerDefinition().dockerLabels ?? {})) {
      throw new Error(`container '${this.container.containerName}' must not have a label '${label}' of its own beside Autodiscovery's`);
    }
    this.written.add(label);
    this.container.addDockerLabel(label, Lazy.string({ produce: () => Stack.of(this).toJsonString(content()) }));
  }
}
