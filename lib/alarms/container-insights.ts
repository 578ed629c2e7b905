// SPDX-License-Identifier: Apache-2.0
import { Annotations, Stack, Token } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { IConstruct } from 'constructs';
import { AlertRule } from './alert-rule';

/** What is known of a cluster's Container Insights: on, with enhanced observability or without, off, or left to the account or to whoever owns the cluster. */
type ContainerInsightsState = 'enhanced' | 'on' | 'off' | 'unknown';

const UNKNOWN = 'cdk-ecs-datadog:containerInsightsUnknown';

/**
 * Rules that need Container Insights stay silent without it. That it is off is an error, that nobody knows is one warning. The settings of the cluster may
 * change until synthesis, so that decides; the warning is there from the beginning all the same, and taken back if it proves wrong: `acknowledgeWarning`
 * on the construct itself works only for warnings that are there already.
 */
export function requireContainerInsights(scope: IConstruct, cluster: ecs.IClusterRef, stated: boolean | undefined, rules: AlertRule[]): void {
  const needing = rules.filter(({ _description }) => (_description.cloudWatch?.containerInsights ?? 'none') !== 'none');
  if (needing.length === 0) {
    return;
  }
  const warn = () => Annotations.of(scope).addWarningV2(UNKNOWN,
    `These rules stay silent unless the cluster has Container Insights: ${idsOf(needing)}. Nothing here says that it has: set `
    + "'containerInsightsV2: ecs.ContainerInsights.ENHANCED' on the cluster, or state 'containerInsights: true' here if its owner did");
  const isWarned = containerInsightsState(cluster, stated) === 'unknown';
  if (isWarned) {
    warn();
  }
  scope.node.addValidation({
    validate: () => {
      const state = containerInsightsState(cluster, stated);
      if (state === 'unknown') {
        if (!isWarned) {
          warn();
        }
        return [];
      }
      Annotations.of(scope).acknowledgeWarning(UNKNOWN);
      return faults(state, needing);
    },
  });
}

function faults(state: ContainerInsightsState, needing: AlertRule[]): string[] {
  if (state === 'off') {
    return [`these rules need Container Insights, which is off on the cluster: ${idsOf(needing)}; set 'containerInsightsV2: ecs.ContainerInsights.ENHANCED' on the `
      + 'cluster, or leave these rules out'];
  }
  const enhanced = needing.filter(({ _description }) => _description.cloudWatch?.containerInsights === 'enhanced');
  return state === 'on' && enhanced.length > 0
    ? [`these rules need Container Insights with enhanced observability, and the cluster has it without: ${idsOf(enhanced)}; set `
      + "'containerInsightsV2: ecs.ContainerInsights.ENHANCED' on the cluster, or leave these rules out"]
    : [];
}

function idsOf(rules: AlertRule[]): string {
  return rules.map(({ id }) => id).join(', ');
}

/** What the owner stated counts only where the cluster itself says nothing. */
function containerInsightsState(cluster: ecs.IClusterRef, stated: boolean | undefined): ContainerInsightsState {
  const setting = containerInsightsSetting(cluster);
  if (setting !== undefined && !Token.isUnresolved(setting)) {
    return setting === 'disabled' ? 'off' : setting === 'enhanced' ? 'enhanced' : 'on';
  }
  if (stated === undefined) {
    return 'unknown';
  }
  // Which of the two is their word.
  return stated ? 'enhanced' : 'off';
}

function containerInsightsSetting(cluster: ecs.IClusterRef): string | undefined {
  const resource = ecs.CfnCluster.isCfnCluster(cluster) ? cluster : cluster.node.defaultChild;
  if (!ecs.CfnCluster.isCfnCluster(resource)) {
    return undefined;
  }
  const settings: unknown = Stack.of(resource).resolve(resource.clusterSettings);
  return Array.isArray(settings) ? settings.find(({ name }) => name === 'containerInsights')?.value : undefined;
}
