// SPDX-License-Identifier: Apache-2.0
export { AgentDaemonService, type AgentDaemonServiceProps } from './agent-daemon-service';
export { AgentFeature } from './agent-feature';
export type { AgentFeatureConfig, AgentFeatureContext, AgentMount, AgentPort } from './agent-feature-config';
export type { AgentOptions } from './agent-options';
export { AgentPlatform } from './agent-platform';
export { AgentTransport } from './agent-transport';
export type { InstrumentOptions } from './application/instrument-options';
export { Autodiscovery, type AutodiscoveryCheck, type AutodiscoveryLogs, type AutodiscoveryOptions } from './autodiscovery/autodiscovery';
export { LogProcessingRuleType, type LogProcessingRule } from './autodiscovery/log-processing-rule';
export { DatadogSidecarExtension, type DatadogSidecarExtensionProps } from './datadog-sidecar-extension';
export { FargateAgentSidecar, type FargateAgentSidecarProps } from './fargate-agent-sidecar';
export type { ApmOptions } from './features/apm';
export type { DogStatsDOptions } from './features/dogstatsd';
export type { LogCollectionOptions } from './features/log-collection';
export type { ProcessesOptions } from './features/processes';
export type { SidecarOptions } from './sidecar/sidecar-options';
