// SPDX-License-Identifier: Apache-2.0
import { isDeepStrictEqual } from 'util';
import { AgentFeature } from './agent-feature';
import { AgentFeatureConfig, AgentFeatureContext } from './agent-feature-config';
import { hasRemoteConfiguration } from './features/government-sites';
import { checkForKeys } from './setting-names';

/** A feature with what it asks for where the Agent runs. */
export interface BoundFeature {
  readonly feature: AgentFeature;
  readonly config: AgentFeatureConfig;
}

/** Which features are asked for. */
export interface FeatureChoice {
  readonly features?: AgentFeature[];
  readonly defaultFeatures?: boolean;
}

/** The recommended features unless told otherwise, plus the given ones, which replace a recommended one of the same name; sorted by name. */
export function bindFeatures(context: AgentFeatureContext, choice: FeatureChoice): BoundFeature[] {
  const bound = new Map<string, BoundFeature>();
  for (const feature of choice.features ?? []) {
    const config = feature.bind(context);
    checkForKeys('features', { ...config.environment, ...config.applicationEnvironment });
    const earlier = bound.get(feature.name);
    // Options that ask for the same are the same, whether a default was written out or not.
    if (earlier && !isDeepStrictEqual(earlier.config, config)) {
      throw new Error(`'features' must hold each feature once, got: '${feature.name}' twice with different options`);
    }
    bound.set(feature.name, { feature, config });
  }
  for (const feature of choice.defaultFeatures === false ? [] : defaultFeatures(context)) {
    if (!bound.has(feature.name)) {
      bound.set(feature.name, { feature, config: feature.bind(context) });
    }
  }
  checkNeeds([...bound.values()].map(({ feature }) => feature));
  return [...bound.values()].sort((a, b) => (a.feature.name < b.feature.name ? -1 : 1));
}

function checkNeeds(features: AgentFeature[]): void {
  const names = features.map(({ name }) => name);
  for (const { name, _needs } of features) {
    const missing = _needs.find((needed) => !names.includes(needed));
    if (missing) {
      throw new Error(`'features' must hold '${missing}' for '${name}', which builds on it, got: ${names.map((given) => `'${given}'`).join(', ')}`);
    }
  }
}

/** Where the Agent can, it tails the logs that have no other way out; and it takes configuration from Datadog, which is its own default too. */
function defaultFeatures({ platform, datadog }: AgentFeatureContext): AgentFeature[] {
  const remote = hasRemoteConfiguration(datadog.site) === false ? [] : [AgentFeature.remoteConfiguration()];
  return [...AgentFeature.recommended(), AgentFeature.logCollection(), ...remote].filter((feature) => feature._worksOn(platform));
}
