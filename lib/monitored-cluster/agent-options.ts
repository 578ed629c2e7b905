// SPDX-License-Identifier: Apache-2.0
import { AgentFeature, AgentFeatureConfig, AgentPlatform } from '../agent';
import { planAgent } from '../agent/agent-plan';
import { checkMounts } from '../agent/platforms/check-mounts';
import { DatadogAccount } from '../datadog';

/** What all Agents of a cluster have in common. */
export interface ClusterAgentSettings {
  readonly datadog: DatadogAccount;
  readonly env?: string;
  readonly tags?: { readonly [key: string]: string };
  readonly features?: AgentFeature[];
  readonly defaultFeatures?: boolean;
}

/** The options of the Agent on one platform, without the features that do not work there. */
export function agentOptions({ datadog, env, tags, defaultFeatures, features }: ClusterAgentSettings, platform: AgentPlatform) {
  const worksHere = (feature: AgentFeature) => feature._worksOn(platform) && mountsWork(feature.bind({ platform, datadog }), platform);
  return { datadog, env, tags, defaultFeatures, features: features?.filter(worksHere) };
}

/** Why the features that the cluster's Agents have in common cannot be had on one platform; undefined if they can. */
export function featureConflict(settings: ClusterAgentSettings, platform: AgentPlatform): string | undefined {
  try {
    planAgent({ platform, datadog: settings.datadog }, agentOptions(settings, platform));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** A feature of the user's own says where it works by what it mounts. */
function mountsWork({ mounts = [], applicationMounts = [] }: AgentFeatureConfig, platform: AgentPlatform): boolean {
  try {
    checkMounts(platform, [...mounts, ...applicationMounts]);
    return true;
  } catch {
    return false;
  }
}
