// SPDX-License-Identifier: Apache-2.0
import { AgentFeatureConfig, AgentFeatureContext } from '../agent-feature-config';
import { AgentPlatform } from '../agent-platform';

/** Why a feature does not work on a platform, who says so, and what to do there. */
export interface Unsupported {
  /** Continues the sentence "it does not work there, since …". */
  readonly reason: string;

  /** Continues the sentence "use …"; absent if nothing does its work there. */
  readonly instead?: string;

  /** The page that says so. */
  readonly source: string;
}

/** A feature as its own file describes it; `AgentFeature` offers it to users. */
export interface FeatureDefinition<Options> {
  /** Unique among the features. */
  readonly name: string;

  /** What tells the Agent that the feature is off, where an Agent's own default is on or has been. */
  readonly disabledEnvironment?: { [name: string]: string };

  /** Where the feature does not work; it works everywhere else. */
  readonly unsupported?: { readonly [platform in AgentPlatform]?: Unsupported };

  /** Names of the features that it builds on. */
  readonly needs?: string[];

  bind(options: Options, context: AgentFeatureContext): AgentFeatureConfig;
}
