// SPDX-License-Identifier: Apache-2.0
import { AgentFeatureConfig, AgentFeatureContext } from './agent-feature-config';
import { AgentPlatform } from './agent-platform';
import { ApmOptions, apm } from './features/apm';
import { DogStatsDOptions, dogStatsD } from './features/dogstatsd';
import { ecsExplorer } from './features/ecs-explorer';
import { FeatureDefinition } from './features/feature-definition';
import { LogCollectionOptions, logCollection } from './features/log-collection';
import { ProcessesOptions, processes } from './features/processes';

/**
 * Something that the Agent does. Each feature says what the Agent and the applications need for it;
 * a feature that is not given is switched off in the Agent explicitly.
 */
export abstract class AgentFeature {
  /** What Datadog recommends for ECS everywhere: traces, custom metrics through DogStatsD, and the ECS explorer. */
  public static recommended(): AgentFeature[] {
    return [AgentFeature.apm(), AgentFeature.dogStatsD(), AgentFeature.ecsExplorer()];
  }

  /** Traces (Application Performance Monitoring). */
  public static apm(options: ApmOptions = {}): AgentFeature {
    return new DefinedFeature(apm, options);
  }

  /** Custom metrics through DogStatsD. */
  public static dogStatsD(options: DogStatsDOptions = {}): AgentFeature {
    return new DefinedFeature(dogStatsD, options);
  }

  /** Live processes. On Fargate the task's containers then share a process namespace, and ECS Exec works for one container only. */
  public static processes(options: ProcessesOptions = {}): AgentFeature {
    return new DefinedFeature(processes, options);
  }

  /** The Agent tails the logs of the containers beside it that use the `json-file` driver, Docker's default. Not on Fargate. */
  public static logCollection(options: LogCollectionOptions = {}): AgentFeature {
    return new DefinedFeature(logCollection, options);
  }

  /** The ECS explorer: the Agent collects tasks. The AWS integration's resource collection completes the picture. */
  public static ecsExplorer(): AgentFeature {
    return new DefinedFeature(ecsExplorer, {});
  }

  /**
   * Settings that switch every feature off that this library knows and that is not among `active`.
   *
   * @internal
   */
  public static _disabledEnvironment(active: AgentFeature[]): { [name: string]: string } {
    const names = active.map((feature) => feature.name);
    const absent = KNOWN_FEATURES.filter((definition) => !names.includes(definition.name));
    return Object.assign({}, ...absent.map((definition) => definition.disabledEnvironment));
  }

  /** The feature's name, the same for all its options. */
  public abstract readonly name: string;

  /**
   * What the feature needs, given where the Agent runs.
   *
   * @throws if the feature does not work there, saying what to use instead
   */
  public abstract bind(context: AgentFeatureContext): AgentFeatureConfig;

  /**
   * Whether the feature works on a platform, for callers that watch several.
   *
   * @internal
   */
  public _worksOn(_platform: AgentPlatform): boolean {
    return true;
  }
}

const KNOWN_FEATURES: FeatureDefinition<any>[] = [apm, dogStatsD, processes, logCollection, ecsExplorer];

class DefinedFeature<Options extends object> extends AgentFeature {
  public readonly name: string;
  private readonly options: Options;

  constructor(private readonly definition: FeatureDefinition<Options>, options: Options) {
    super();
    this.name = definition.name;
    this.options = { ...options };
  }

  public bind(context: AgentFeatureContext): AgentFeatureConfig {
    const { only } = this.definition;
    if (only && !this._worksOn(context.platform)) {
      throw new Error(`'features' of a ${context.platform} must not hold '${this.name}', which works on: ${only.on.join(', ')}; ${only.elsewhere}`);
    }
    return this.definition.bind(this.options, context);
  }

  public override _worksOn(platform: AgentPlatform): boolean {
    return this.definition.only?.on.includes(platform) ?? true;
  }
}
