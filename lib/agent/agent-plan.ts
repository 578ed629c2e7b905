// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AgentFeature } from './agent-feature';
import { AgentFeatureContext, AgentInitContainer, AgentMount, AgentPort, AgentUrl } from './agent-feature-config';
import { AgentPlatform } from './agent-platform';
import { FeatureChoice, bindFeatures } from './bound-feature';
import { concatenate, mergeAgentUrls, mergeCapabilities, mergeMounts, mergePidMode, mergePorts, mergeSettings, mergeSize, mergeWrapper } from './feature-merge';
import { imageTag } from './image-tag';
import { checkMounts } from './platforms/check-mounts';
import { PlatformDefinition } from './platforms/platform-definition';
import { definitionOf } from './platforms/platforms';
import { readOnlyRoot } from './read-only-root';
import { checkSettings } from './setting-names';
import { DatadogAccount } from '../datadog';
import { agentProxyEnvironment } from '../datadog/proxy';
import { listTags } from '../datadog/service-tags';

/** What is asked of an Agent, whatever it runs on. */
export interface AgentPlanOptions extends FeatureChoice {
  readonly tags?: { readonly [key: string]: string };
  readonly environment?: { readonly [name: string]: string };
  readonly secrets?: { readonly [name: string]: ecs.Secret };
  readonly readonlyRootFilesystem?: boolean;
}

/** All that an Agent and its applications need, as data. Renderers turn it into one platform's task definition. */
export interface AgentPlan {
  readonly platform: AgentPlatform;
  readonly on: PlatformDefinition;
  readonly environment: { readonly [name: string]: string };
  readonly secrets: { readonly [name: string]: ecs.Secret };
  readonly imageRegistry: string;
  readonly imageTag: string;
  readonly cpu?: number;
  readonly memoryLimitMiB?: number;
  readonly mounts: readonly AgentMount[];
  readonly ports: readonly AgentPort[];
  readonly pidMode?: ecs.PidMode;
  readonly capabilities: readonly ecs.Capability[];
  readonly readonlyRootFilesystem: boolean;
  readonly taskRolePolicy: readonly iam.PolicyStatement[];
  readonly initContainers: readonly AgentInitContainer[];
  readonly features: readonly string[];
  readonly application: ApplicationPlan;
}

/** What the applications that an Agent watches need. */
export interface ApplicationPlan {
  readonly environment: { readonly [name: string]: string };
  readonly mounts: readonly AgentMount[];
  readonly capabilities: readonly ecs.Capability[];
  readonly wrapper: readonly string[];
  readonly awaitsAgent: boolean;
  readonly needsAgentHost: boolean;
  readonly agentUrls: { readonly [name: string]: AgentUrl };
}

/** Whether applications have to know the Agent's address. */
export function usesNetwork({ needsAgentHost, agentUrls }: ApplicationPlan): boolean {
  return needsAgentHost || Object.keys(agentUrls).length > 0;
}

/** The plans of Agents that are asked for nothing in particular. Plans are frozen, so that the many tasks of an app share one. */
const DEFAULT_PLANS = new WeakMap<DatadogAccount, Map<AgentPlatform, AgentPlan>>();

/**
 * Resolves features and options into a plan. Pure: equal input gives an equal, frozen plan, whatever the order of the features.
 *
 * @throws on the same feature twice with different options, on features that contradict each other, lack one another or do not work on the platform,
 * on a key among the settings
 */
export function planAgent(context: AgentFeatureContext, options: AgentPlanOptions): AgentPlan {
  return asksForNothing(options) ? defaultPlan(context) : newPlan(context, options);
}

function asksForNothing({ features, defaultFeatures, tags, environment, secrets, readonlyRootFilesystem }: AgentPlanOptions): boolean {
  const isEmpty = (asked: object = {}) => Object.keys(asked).length === 0;
  return defaultFeatures !== false && !readonlyRootFilesystem && [features, tags, environment, secrets].every((asked) => isEmpty(asked));
}

function defaultPlan(context: AgentFeatureContext): AgentPlan {
  const plans = DEFAULT_PLANS.get(context.datadog) ?? new Map<AgentPlatform, AgentPlan>();
  const plan = plans.get(context.platform) ?? newPlan(context, {});
  DEFAULT_PLANS.set(context.datadog, plans.set(context.platform, plan));
  return plan;
}

function newPlan(context: AgentFeatureContext, options: AgentPlanOptions): AgentPlan {
  const { environment = {}, secrets = {} } = options;
  checkSettings(environment, secrets);
  const on = definitionOf(context.platform);
  const features = bindFeatures(context, options);
  const featureMounts = concatenate(features, 'mounts');
  checkMounts(context.platform, [...featureMounts, ...concatenate(features, 'applicationMounts')]);
  const root = options.readonlyRootFilesystem ? readOnlyRoot(context.platform, featureMounts) : { mounts: [], initContainers: [] };
  return deepFreeze({
    platform: context.platform,
    on,
    environment: without(Object.keys(secrets), sortByName({
      ...accountEnvironment(context, options),
      ...on.environment,
      ...AgentFeature._disabledEnvironment(features.map(({ feature }) => feature)),
      ...mergeSettings(features, 'environment'),
      ...environment,
    })),
    secrets: sortByName(secrets),
    imageRegistry: context.datadog.imageRegistry,
    imageTag: imageTag(features.flatMap(({ config }) => config.imageFlavor ?? []), on.runsWindows),
    cpu: mergeSize(features, 'cpu'),
    memoryLimitMiB: mergeSize(features, 'memoryLimitMiB'),
    mounts: mergeMounts([...on.mounts, ...featureMounts, ...root.mounts]),
    ports: mergePorts(features),
    pidMode: mergePidMode(features),
    capabilities: mergeCapabilities(features, 'capabilities'),
    readonlyRootFilesystem: options.readonlyRootFilesystem ?? false,
    taskRolePolicy: concatenate(features, 'taskRolePolicy'),
    initContainers: [...root.initContainers, ...concatenate(features, 'initContainers')],
    features: features.map(({ feature }) => feature.name),
    application: {
      environment: sortByName(mergeSettings(features, 'applicationEnvironment')),
      mounts: mergeMounts(concatenate(features, 'applicationMounts')),
      capabilities: mergeCapabilities(features, 'applicationCapabilities'),
      wrapper: mergeWrapper(features),
      awaitsAgent: features.some(({ config }) => config.applicationAwaitsAgent),
      needsAgentHost: features.some(({ config }) => config.applicationNeedsAgentHost),
      agentUrls: sortByName(mergeAgentUrls(features)),
    },
  });
}

function accountEnvironment({ datadog }: AgentFeatureContext, options: AgentPlanOptions): { [name: string]: string } {
  const { site, endpoints, proxy } = datadog;
  const tags = listTags(options.tags);
  return {
    DD_SITE: site.domain,
    ...(endpoints.metrics ? { DD_DD_URL: endpoints.metrics } : {}),
    ...agentProxyEnvironment(proxy),
    // The Agent splits at blanks, unlike tracers: https://docs.datadoghq.com/getting_started/tagging/assigning_tags/.
    ...(tags.length > 0 ? { DD_TAGS: tags.join(' ') } : {}),
  };
}

function without<T>(names: string[], values: { [name: string]: T }): { [name: string]: T } {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}

function sortByName<T>(values: { readonly [name: string]: T }): { [name: string]: T } {
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
