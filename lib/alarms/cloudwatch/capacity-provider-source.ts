// SPDX-License-Identifier: Apache-2.0
import { AlertWindow } from '../alert-description';
import { AlarmSeries, CloudWatchSource, SeriesRequest } from './cloudwatch-source';
import { contributor, metricsInsights, metricsInsightsObjection } from './metrics-insights';

/**
 * What ECS publishes for each capacity provider that it scales: one alarm on a query, with or without `services`.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-auto-scaling.html
 */
export class CapacityProviderSource implements CloudWatchSource {
  public readonly containerInsights = 'none';
  public readonly isPerService = false;

  public objection(window: AlertWindow): string | undefined {
    return metricsInsightsObjection(window);
  }

  public series({ scope, target: { clusterName }, statistic, period }: SeriesRequest): AlarmSeries[] {
    const query = {
      namespace: 'AWS/ECS/ManagedScaling',
      metricName: 'CapacityProviderReservation',
      dimensions: ['CapacityProviderName', 'ClusterName'],
      groupBy: ['CapacityProviderName'],
      where: { ClusterName: clusterName },
    };
    return [{ scope, metric: metricsInsights(query, statistic, period), subject: contributor(`a capacity provider of cluster ${clusterName}`) }];
  }
}
