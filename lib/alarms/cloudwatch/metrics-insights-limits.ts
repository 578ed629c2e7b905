// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { IConstruct } from 'constructs';
import { referencedConstruct } from '../../private/referenced-construct';
import { warnOnce } from '../warn-once';

/** Alarms on queries that an account has in a region, and series that a query returns: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html */
const MAX_ALARMS = 200;
const MAX_SERIES = 500;

/**
 * Warns of what CloudWatch would refuse or leave out, as far as this app shows it: what else is in the account nobody knows here. Alarms and services may be added
 * until synthesis.
 *
 * With `services`, too, some rules make alarms on queries: those about containers one for each service. The number of series is of interest for a whole cluster only.
 */
export function checkLimits(scope: IConstruct, cluster: ecs.IClusterRef, isWholeCluster: boolean): void {
  scope.node.addValidation({
    validate: () => {
      const nodes = scope.node.root.node.findAll().filter((node) => isInSameEnvironment(scope, node));
      const alarms = nodes.filter(isAlarmOnQuery).length;
      if (alarms > MAX_ALARMS) {
        warnOnce(Stack.of(scope), 'cdk-ecs-datadog:metricsInsightsAlarms',
          `an account has ${MAX_ALARMS} alarms on Metrics Insights queries in a region unless AWS raises that, and this app has ${alarms}, so a deployment fails: raise the `
          + "quota, leave out 'services' for rules about containers, which make such an alarm for each of them, or watch with AlertBackend.datadog()");
      }
      const services = isWholeCluster ? nodes.filter((node) => isServiceOf(cluster, node)).length : 0;
      if (services > MAX_SERIES) {
        warnOnce(scope, 'cdk-ecs-datadog:metricsInsightsSeries',
          `a Metrics Insights query returns ${MAX_SERIES} series, and this app has ${services} services on the cluster: its alarms see the ${MAX_SERIES} with the worst values. `
          + "Give several EcsAlarms some 'services' each, or watch with AlertBackend.datadog()");
      }
      return [];
    },
  });
}

/** Only stacks have one; two that are of no fixed environment are taken for neighbours. */
function isInSameEnvironment(scope: IConstruct, node: IConstruct): boolean {
  if (!(node instanceof cloudwatch.CfnAlarm || node instanceof ecs.CfnService)) {
    return false;
  }
  const [one, other] = [Stack.of(scope), Stack.of(node)];
  return one.account === other.account && one.region === other.region;
}

/** A query with a token in it is joined of parts. */
const QUERY = /"expression":(\{"Fn::Join":\["",\[)?"SELECT /;

function isAlarmOnQuery(node: IConstruct): boolean {
  return node instanceof cloudwatch.CfnAlarm && QUERY.test(JSON.stringify(Stack.of(node).resolve(node.metrics)) ?? '');
}

function isServiceOf(cluster: ecs.IClusterRef, node: IConstruct): boolean {
  if (!(node instanceof ecs.CfnService) || node.cluster === undefined) {
    return false;
  }
  const { clusterName, clusterArn } = cluster.clusterRef;
  const resource = ecs.CfnCluster.isCfnCluster(cluster) ? cluster : cluster.node.defaultChild;
  const isNamed = node.cluster === clusterName || node.cluster === clusterArn;
  return isNamed || (resource !== undefined && referencedConstruct(node.cluster, node) === resource);
}
