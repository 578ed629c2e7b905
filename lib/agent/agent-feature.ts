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
 * A feature of the Agent. It declares what the Agent and the applications need for it.
 * Features of this library that are not enabled are explicitly disabled in the Agent.
 */
export abstract class AgentFeature {
  /** The features that Datadog recommends on every ECS platform: traces, custom metrics through DogStatsD, and the ECS explorer. */
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

  /** Live processes. On Fargate, the task's containers then share a process namespace, and ECS Exec works for only one of them. */
  public static processes(options: ProcessesOptions = {}): AgentFeature {
    return new DefinedFeature(processes, options);
  }

  /** Collects the logs of containers on the same instance that use the `json-file` log driver, Docker's default. Not available on Fargate. */
  public static logCollection(options: LogCollectionOptions = {}): AgentFeature {
    return new DefinedFeature(logCollection, options);
  }

  /** The ECS explorer. The Agent reports tasks only: it also needs the resource collection of Datadog's AWS integration. */
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

  /** The feature's name. It does not depend on the options. */
  public abstract readonly name: string;

  /**
   * Returns what the feature needs on the Agent's platform.
   *
   * @throws if the feature does not work on that platform; the message says what to use instead
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
