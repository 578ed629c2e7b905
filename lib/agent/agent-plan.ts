// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AgentFeature } from './agent-feature';
import { AgentFeatureContext, AgentMount, AgentPort } from './agent-feature-config';
import { AgentPlatform } from './agent-platform';
import { FeatureChoice, bindFeatures } from './bound-feature';
import { concatenate, mergeMounts, mergePidMode, mergePorts, mergeSettings } from './feature-merge';
import { agentProxyEnvironment } from '../datadog/proxy';
import { listTags } from '../datadog/service-tags';

/** What is asked of an Agent, whatever it runs on. */
export interface AgentPlanOptions extends FeatureChoice {
  readonly tags?: { readonly [key: string]: string };
  readonly environment?: { readonly [name: string]: string };
}

/** All that an Agent and its applications need, as data. Renderers turn it into one platform's task definition. */
export interface AgentPlan {
  readonly platform: AgentPlatform;
  readonly environment: { readonly [name: string]: string };
  readonly mounts: readonly AgentMount[];
  readonly ports: readonly AgentPort[];
  readonly pidMode?: ecs.PidMode;
  readonly taskRolePolicy: readonly iam.PolicyStatement[];
  readonly features: readonly string[];
  readonly application: {
    readonly environment: { readonly [name: string]: string };
    readonly mounts: readonly AgentMount[];
    readonly needsAgentHost: boolean;
  };
}

/**
 * Resolves features and options into a plan. Pure: equal input gives an equal, frozen plan, whatever the order of the features.
 *
 * @throws on the same feature twice with different options, on features that contradict each other or that the platform lacks, on a key among the
 * settings
 */
export function planAgent(context: AgentFeatureContext, options: AgentPlanOptions): AgentPlan {
  checkEnvironment('environment', options.environment);
  const features = bindFeatures(context, options);
  features.forEach(({ config }) => checkEnvironment('features', config.environment));
  const { site, endpoints, proxy } = context.datadog;
  const tags = listTags(options.tags);
  return deepFreeze({
    platform: context.platform,
    environment: sortByName({
      DD_SITE: site.domain,
      ...(endpoints.metrics ? { DD_DD_URL: endpoints.metrics } : {}),
      ...agentProxyEnvironment(proxy),
      // The Agent splits at blanks, unlike tracers: https://docs.datadoghq.com/getting_started/tagging/assigning_tags/.
      ...(tags.length > 0 ? { DD_TAGS: tags.join(' ') } : {}),
      ...PLATFORM_ENVIRONMENT[context.platform],
      ...AgentFeature._disabledEnvironment(features.map(({ feature }) => feature)),
      ...mergeSettings(features, 'environment'),
      ...options.environment,
    }),
    mounts: mergeMounts([...PLATFORM_MOUNTS[context.platform], ...concatenate(features, 'mounts')]),
    ports: mergePorts(features),
    pidMode: mergePidMode(features),
    taskRolePolicy: concatenate(features, 'taskRolePolicy'),
    features: features.map(({ feature }) => feature.name),
    application: {
      environment: sortByName(mergeSettings(features, 'applicationEnvironment')),
      mounts: mergeMounts(concatenate(features, 'applicationMounts')),
      needsAgentHost: features.some(({ config }) => config.applicationNeedsAgentHost),
    },
  });
}

const PLATFORM_ENVIRONMENT: Record<AgentPlatform, { [name: string]: string }> = {
  [AgentPlatform.EC2_DAEMON]: {},
  [AgentPlatform.FARGATE_SIDECAR]: {
    ECS_FARGATE: 'true',
    // No host tells the copies of a task apart there, so the task itself has to: https://docs.datadoghq.com/integrations/ecs_fargate/.
    DD_CHECKS_TAG_CARDINALITY: 'orchestrator',
  },
};

/** The container runtime, processes and resource limits of the host, https://docs.datadoghq.com/containers/amazon_ecs/. */
const PLATFORM_MOUNTS: Record<AgentPlatform, AgentMount[]> = {
  [AgentPlatform.EC2_DAEMON]: [
    { volumeName: 'docker_sock', hostPath: '/var/run/docker.sock', containerPath: '/var/run/docker.sock' },
    { volumeName: 'proc', hostPath: '/proc/', containerPath: '/host/proc' },
    { volumeName: 'cgroup', hostPath: '/sys/fs/cgroup/', containerPath: '/host/sys/fs/cgroup' },
  ],
  [AgentPlatform.FARGATE_SIDECAR]: [],
};

/**
 * Variables with keys in clear text: the account's own, and lists of further intakes, https://docs.datadoghq.com/agent/configuration/dual-shipping/.
 */
const HOLDS_KEYS = [/(^|_)(API|APP|APPLICATION)_KEY$/, /ADDITIONAL_ENDPOINTS$/];

function checkEnvironment(property: string, environment: { readonly [name: string]: string } = {}): void {
  for (const name of Object.keys(environment)) {
    if (HOLDS_KEYS.some((pattern) => pattern.test(name))) {
      throw new Error(`'${property}' must not hold keys, since they would stand in the template, got: '${name}'; the key comes from 'datadog'`);
    }
  }
}

function sortByName(values: { [name: string]: string }): { [name: string]: string } {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function deepFreeze<T>(value: T): T {
  // Policy statements and other class instances belong to their makers.
  if (Array.isArray(value) || (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype)) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
