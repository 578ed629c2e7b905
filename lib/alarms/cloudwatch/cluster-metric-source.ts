// SPDX-License-Identifier: Apache-2.0
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmSeries, CloudWatchSource, ContainerInsightsNeed, SeriesRequest, statisticName } from './cloudwatch-source';

/** A metric that is published for the cluster (`ClusterName`) and says nothing of its services: one alarm, with or without `services`. */
export class ClusterMetricSource implements CloudWatchSource {
  public readonly containerInsights: ContainerInsightsNeed;

  constructor(private readonly namespace: string, private readonly metricName: string) {
    this.containerInsights = namespace === 'ECS/ContainerInsights' ? 'standard' : 'none';
  }

  public objection(): string | undefined {
    return undefined;
  }

  public series({ scope, target: { clusterName }, statistic, period }: SeriesRequest): AlarmSeries[] {
    const { namespace, metricName } = this;
    const dimensionsMap = { ClusterName: clusterName };
    const metric = new cloudwatch.Metric({ namespace, metricName, dimensionsMap, statistic: statisticName(statistic), period });
    return [{ scope, metric, subject: `cluster ${clusterName}` }];
  }
}
