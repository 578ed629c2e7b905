// SPDX-License-Identifier: Apache-2.0
import { AlertWindow } from '../alert-description';
import { AlarmSeries, CloudWatchSource, SeriesRequest, serviceScope } from './cloudwatch-source';
import { contributor, metricsInsights, metricsInsightsObjection } from './metrics-insights';

/**
 * A metric of Container Insights with enhanced observability that is published for each container of a service (`ClusterName`, `ServiceName`, `ContainerName`), and for no
 * service as a whole: a query that groups by container, for a whole cluster or for each of the `services`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-enhanced-observability-metrics-ECS.html
 */
export class ContainerMetricSource implements CloudWatchSource {
  public readonly containerInsights = 'enhanced';
  public readonly isPerService = true;

  constructor(private readonly metricName: string) {}

  public objection(window: AlertWindow): string | undefined {
    return metricsInsightsObjection(window);
  }

  public series({ scope, target, statistic, period }: SeriesRequest): AlarmSeries[] {
    const { clusterName, services } = target;
    const query = {
      namespace: 'ECS/ContainerInsights', metricName: this.metricName, dimensions: ['ClusterName', 'ServiceName', 'ContainerName'],
    };
    if (!services) {
      const grouped = { ...query, groupBy: ['ServiceName', 'ContainerName'], where: { ClusterName: clusterName } };
      return [{ scope, metric: metricsInsights(grouped, statistic, period), subject: contributor(`a container of cluster ${clusterName}`) }];
    }
    return services.map((service) => {
      const grouped = { ...query, groupBy: ['ContainerName'], where: { ClusterName: clusterName, ServiceName: service.name } };
      return {
        scope: serviceScope(scope, service),
        metric: metricsInsights(grouped, statistic, period),
        subject: contributor(`a container of service ${service.name} of cluster ${clusterName}`),
        service,
      };
    });
  }
}
