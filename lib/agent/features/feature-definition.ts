// SPDX-License-Identifier: Apache-2.0
import { AgentFeatureConfig, AgentFeatureContext } from '../agent-feature-config';
import { AgentPlatform } from '../agent-platform';

/** A feature as its own file describes it; `AgentFeature` offers it to users. */
export interface FeatureDefinition<Options> {
  /** Unique among the features. */
  readonly name: string;

  /** What tells the Agent that the feature is off, since an Agent's own default may be on. */
  readonly disabledEnvironment: { [name: string]: string };

  /** Where the feature works, and what does its work elsewhere; everywhere where absent. */
  readonly only?: { readonly on: AgentPlatform[]; readonly elsewhere: string };

  bind(options: Options, context: AgentFeatureContext): AgentFeatureConfig;
}
