// SPDX-License-Identifier: Apache-2.0
import { isDeepStrictEqual } from 'util';
import { AgentFeature } from './agent-feature';
import { AgentFeatureConfig, AgentFeatureContext } from './agent-feature-config';
import { AgentPlatform } from './agent-platform';

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
    const earlier = bound.get(feature.name);
    // Options that ask for the same are the same, whether a default was written out or not.
    if (earlier && !isDeepStrictEqual(earlier.config, config)) {
      throw new Error(`'features' must hold each feature once, got: '${feature.name}' twice with different options`);
    }
    bound.set(feature.name, { feature, config });
  }
  for (const feature of choice.defaultFeatures === false ? [] : defaultFeatures(context.platform)) {
    if (!bound.has(feature.name)) {
      bound.set(feature.name, { feature, config: feature.bind(context) });
    }
  }
  return [...bound.values()].sort((a, b) => (a.feature.name < b.feature.name ? -1 : 1));
}

/** A daemon tails the logs that have no other way out; a sidecar cannot see its neighbours' logs. */
function defaultFeatures(platform: AgentPlatform): AgentFeature[] {
  return platform === AgentPlatform.EC2_DAEMON ? [...AgentFeature.recommended(), AgentFeature.logCollection()] : AgentFeature.recommended();
}
