// SPDX-License-Identifier: Apache-2.0
import { pureAccount } from './pure-account';
import { AgentFeature, AgentPlatform } from '../../lib/agent';
import { AgentPlan, planAgent } from '../../lib/agent/agent-plan';
import { DatadogAccountProps } from '../../lib/datadog';

export const DAEMON = { platform: AgentPlatform.EC2_DAEMON, datadog: pureAccount() };
export const SIDECAR = { platform: AgentPlatform.FARGATE_SIDECAR, datadog: pureAccount() };

/** What every Agent is told with no feature at all: a feature that an Agent has by default, or had, is off explicitly. */
export const ALL_OFF = {
  DD_SITE: 'datadoghq.com',
  DD_APM_ENABLED: 'false',
  DD_USE_DOGSTATSD: 'false',
  DD_PROCESS_CONFIG_PROCESS_COLLECTION_ENABLED: 'false',
  DD_LOGS_ENABLED: 'false',
  DD_ECS_TASK_COLLECTION_ENABLED: 'false',
  DD_PROCESS_CONFIG_CONTAINER_COLLECTION_ENABLED: 'false',
  DD_REMOTE_CONFIGURATION_ENABLED: 'false',
};

/** What an Agent on Fargate is told besides. */
export const ON_FARGATE = { ECS_FARGATE: 'true', DD_CHECKS_TAG_CARDINALITY: 'orchestrator' };

/** What applications are given that have nothing but the Agent's address. */
export const APPLICATIONS_BY_ADDRESS = {
  environment: {}, mounts: [], capabilities: [], wrapper: [], awaitsAgent: false, needsAgentHost: true, agentUrls: {},
};

/** The plan of an Agent on any platform that has the given features and no other. */
export function planOn(platform: AgentPlatform, ...features: AgentFeature[]): AgentPlan {
  return planAgent({ platform, datadog: pureAccount() }, { defaultFeatures: false, features });
}

/** The plan of a daemon that has the given features and no other. */
export function daemonWith(...features: AgentFeature[]): AgentPlan {
  return planAgent(DAEMON, { defaultFeatures: false, features });
}

/** The plan of a sidecar that has the given features and no other. */
export function sidecarWith(...features: AgentFeature[]): AgentPlan {
  return planAgent(SIDECAR, { defaultFeatures: false, features });
}

/** A daemon that reports elsewhere, for what an account says of addresses. */
export function daemonFor(account: Partial<DatadogAccountProps>, ...features: AgentFeature[]): AgentPlan {
  return planAgent({ ...DAEMON, datadog: pureAccount(account) }, { defaultFeatures: false, features });
}

/** What a plan mounts beyond what every daemon sees of its instance. */
export function furtherMounts({ mounts }: AgentPlan) {
  return mounts.filter(({ volumeName }) => !['docker_sock', 'proc', 'cgroup'].includes(volumeName));
}
