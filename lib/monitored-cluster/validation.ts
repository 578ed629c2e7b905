// SPDX-License-Identifier: Apache-2.0
import { Construct } from 'constructs';
import { AgentPlatform } from '../agent';
import { planAgent } from '../agent/agent-plan';
import { AlertBackend, AlertRule } from '../alarms';
import { agentOptions } from './agent-options';
import { validateExpressible, validateLists, validateWatched } from '../alarms/ecs-alarms-validation';
import { checkServiceTags } from '../datadog/service-tags';
import { checkOwnProperties } from '../logs/log-identity';
import type { MonitoredCluster, MonitoredClusterProps } from '../monitored-cluster';
import { ClusterRelation } from '../private/cluster-address';
import { clusterRelation, knownEc2Capacity } from '../private/cluster-services';

/** The platforms that nearly every cluster has; what is wrong with the others shows when there is something on them. */
const COMMON_PLATFORMS = [AgentPlatform.FARGATE_SIDECAR, AgentPlatform.EC2_DAEMON];

/** All that can be wrong with the properties, before anything is added to the tree. */
export function validateProps(scope: Construct, props: MonitoredClusterProps, others: MonitoredCluster[]): void {
  const { cluster, datadog, env, tags } = props;
  if (cluster && props.vpc) {
    throw new Error("'cluster' and 'vpc' exclude each other, since a cluster has its network already, got: both");
  }
  checkServiceTags({ env, tags });
  checkOwnProperties(tags, env === undefined ? [] : ['env']);
  for (const platform of COMMON_PLATFORMS) {
    planAgent({ platform, datadog }, agentOptions(props, platform));
  }
  validateAlerts(props.alertRules, props.alertBackends);
  if (cluster) {
    validateWatched(scope, cluster, []);
    if (props.ec2Capacity && knownEc2Capacity(cluster) === undefined) {
      throw new Error("'cluster' must be one that takes services to have 'ec2Capacity', got: one of fromClusterArn(); "
        + 'use Cluster.fromClusterAttributes()');
    }
    const other = others.find((candidate) => clusterRelation(candidate.cluster, cluster) === ClusterRelation.SAME);
    if (other) {
      throw new Error("'cluster' must be watched by one MonitoredCluster of a Stage, or all its logs and alarms would be there twice, "
        + `got: '${cluster.node.path}', which '${other.node.path}' watches already`);
    }
  }
}

function validateAlerts(rules = AlertRule.recommended(), backends = [AlertBackend.cloudWatch()]): void {
  const names = { rules: 'alertRules', backends: 'alertBackends' };
  validateLists(rules, backends, undefined, names);
  // For a whole cluster what can be expressed does not depend on which cluster it is.
  validateExpressible(rules, backends, { clusterName: '', clusterArn: '' }, names);
}
