// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AgentFeature } from './agent-feature';
import { AgentFeatureConfig, AgentFeatureContext, AgentMount, AgentPort } from './agent-feature-config';
import { AgentPlatform } from './agent-platform';
import { agentProxyEnvironment } from '../datadog/proxy';
import { renderTags } from '../datadog/service-tags';

/** What is asked of an Agent, whatever it runs on. */
export interface AgentPlanOptions {
  readonly features?: AgentFeature[];
  readonly defaultFeatures?: boolean;
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
 * @throws on the same feature twice with different options, on a feature that the platform lacks, on a key among the settings
 */
export function planAgent(context: AgentFeatureContext, options: AgentPlanOptions): AgentPlan {
  const features = chooseFeatures(context.platform, options);
  const configs = features.map((feature) => feature.bind(context));
  const { site, endpoints, proxy } = context.datadog;
  const tags = renderTags(options.tags);
  checkEnvironment(options.environment);
  return deepFreeze({
    platform: context.platform,
    environment: sortByName({
      DD_SITE: site.domain,
      ...(endpoints.metrics ? { DD_DD_URL: endpoints.metrics } : {}),
      ...agentProxyEnvironment(proxy),
      ...(tags ? { DD_TAGS: tags } : {}),
      DD_CHECKS_TAG_CARDINALITY: 'orchestrator',
      ...PLATFORM_ENVIRONMENT[context.platform],
      ...AgentFeature._disabledEnvironment(features),
      ...Object.assign({}, ...configs.map((config) => config.environment)),
      ...options.environment,
    }),
    mounts: distinctMounts([...PLATFORM_MOUNTS[context.platform], ...collect(configs, 'mounts')]),
    ports: collect(configs, 'ports'),
    pidMode: configs.find((config) => config.pidMode)?.pidMode,
    taskRolePolicy: collect(configs, 'taskRolePolicy'),
    features: features.map((feature) => feature.name),
    application: {
      environment: sortByName(Object.assign({}, ...configs.map((config) => config.applicationEnvironment))),
      mounts: distinctMounts(collect(configs, 'applicationMounts')),
      needsAgentHost: configs.some((config) => config.applicationNeedsAgentHost),
    },
  });
}

const PLATFORM_ENVIRONMENT: Record<AgentPlatform, { [name: string]: string }> = {
  [AgentPlatform.EC2_DAEMON]: {},
  [AgentPlatform.FARGATE_SIDECAR]: { ECS_FARGATE: 'true' },
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

/** The recommended features unless told otherwise, plus the given ones, which replace a recommended one of the same name. */
function chooseFeatures(platform: AgentPlatform, options: AgentPlanOptions): AgentFeature[] {
  const chosen = new Map<string, AgentFeature>();
  for (const feature of options.features ?? []) {
    const earlier = chosen.get(feature.name);
    if (earlier && !earlier._equals(feature)) {
      throw new Error(`'features' must hold each feature once, got: '${feature.name}' twice with different options`);
    }
    chosen.set(feature.name, feature);
  }
  for (const feature of options.defaultFeatures === false ? [] : defaultFeatures(platform)) {
    if (!chosen.has(feature.name)) {
      chosen.set(feature.name, feature);
    }
  }
  return [...chosen.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A daemon tails the logs that have no other way out; a sidecar cannot see its neighbours' logs. */
function defaultFeatures(platform: AgentPlatform): AgentFeature[] {
  return platform === AgentPlatform.EC2_DAEMON ? [...AgentFeature.recommended(), AgentFeature.logCollection()] : AgentFeature.recommended();
}

function checkEnvironment(environment: { readonly [name: string]: string } = {}): void {
  for (const name of ['DD_API_KEY', 'DD_APP_KEY']) {
    if (name in environment) {
      throw new Error(`'environment' must not hold keys, since it stands in the template, got: '${name}'; the key comes from 'datadog'`);
    }
  }
}

function collect<K extends 'mounts' | 'ports' | 'taskRolePolicy' | 'applicationMounts'>(
  configs: AgentFeatureConfig[],
  what: K,
): NonNullable<AgentFeatureConfig[K]> {
  return configs.flatMap((config) => (config[what] ?? []) as any[]) as NonNullable<AgentFeatureConfig[K]>;
}

/** Features may share a mount: it is there once, writable if one of them writes. */
function distinctMounts(mounts: AgentMount[]): AgentMount[] {
  const distinct = new Map<string, AgentMount>();
  for (const mount of mounts) {
    const earlier = distinct.get(mount.containerPath);
    distinct.set(mount.containerPath, { ...mount, readOnly: (mount.readOnly ?? true) && (earlier?.readOnly ?? true) });
  }
  return [...distinct.values()];
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
