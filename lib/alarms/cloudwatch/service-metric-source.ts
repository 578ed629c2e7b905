// SPDX-License-Identifier: Apache-2.0
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlertWindow } from '../alert-description';
import { AlertTarget } from '../alert-target';
import { AlarmSeries, CloudWatchSource, ContainerInsightsNeed, SeriesRequest, serviceScope, statisticName } from './cloudwatch-source';
import { contributor, metricsInsights, metricsInsightsObjection } from './metrics-insights';

/** Container Insights' namespace: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html */
const CONTAINER_INSIGHTS = 'ECS/ContainerInsights';

/**
 * A metric that is published for each ECS service (`ClusterName`, `ServiceName`): one alarm for a whole cluster, or one for each of the `services`.
 */
export class ServiceMetricSource implements CloudWatchSource {
  public readonly containerInsights: ContainerInsightsNeed;
  public readonly isPerService = true;

  constructor(private readonly namespace: string, private readonly metricName: string, containerInsights?: ContainerInsightsNeed) {
    this.containerInsights = containerInsights ?? (namespace === CONTAINER_INSIGHTS ? 'standard' : 'none');
  }

  public objection(window: AlertWindow, target: AlertTarget): string | undefined {
    const reason = target.services ? undefined : metricsInsightsObjection(window);
    return reason && `${reason}; give 'services' for one alarm a service`;
  }

  public series({ scope, target, statistic, period }: SeriesRequest): AlarmSeries[] {
    const { namespace, metricName } = this;
    const { clusterName, services } = target;
    if (!services) {
      const query = { namespace, metricName, dimensions: ['ClusterName', 'ServiceName'], groupBy: ['ServiceName'], where: { ClusterName: clusterName } };
      return [{ scope, metric: metricsInsights(query, statistic, period), subject: contributor(`a service of cluster ${clusterName}`) }];
    }
    return services.map((service) => ({
      scope: serviceScope(scope, service),
      metric: new cloudwatch.Metric({
        namespace,
        metricName,
        dimensionsMap: { ClusterName: clusterName, ServiceName: service.name },
        statistic: statisticName(statistic),
        period,
      }),
      subject: `service ${service.name} of cluster ${clusterName}`,
      service,
    }));
  }
}
