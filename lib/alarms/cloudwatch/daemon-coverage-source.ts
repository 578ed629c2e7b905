// SPDX-License-Identifier: Apache-2.0
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmSeries, CloudWatchSource, SeriesRequest } from './cloudwatch-source';

/**
 * How many container instances of the cluster are without a task of a service that should run on each: one alarm, with or without `services`. The number of instances is
 * counted rather than the desired tasks of the service.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html
 */
export class DaemonCoverageSource implements CloudWatchSource {
  public readonly containerInsights = 'standard';
  public readonly isPerService = false;

  constructor(private readonly daemonServiceName: string) {}

  public objection(): string | undefined {
    return undefined;
  }

  public series({ scope, target: { clusterName }, period }: SeriesRequest): AlarmSeries[] {
    const ofCluster = { namespace: 'ECS/ContainerInsights', period, statistic: cloudwatch.Stats.AVERAGE };
    const metric = new cloudwatch.MathExpression({
      // A service without tasks reports 0, one that is deleted nothing.
      expression: 'instances - FILL(tasks, 0)',
      usingMetrics: {
        instances: new cloudwatch.Metric({ ...ofCluster, metricName: 'ContainerInstanceCount', dimensionsMap: { ClusterName: clusterName } }),
        tasks: new cloudwatch.Metric({
          ...ofCluster, metricName: 'RunningTaskCount', dimensionsMap: { ClusterName: clusterName, ServiceName: this.daemonServiceName },
        }),
      },
      period,
    });
    return [{ scope, metric, subject: `cluster ${clusterName}` }];
  }
}
