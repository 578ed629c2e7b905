// SPDX-License-Identifier: Apache-2.0
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlertWindow } from '../alert-description';
import { AlertTarget } from '../alert-target';
import { AlarmSeries, CloudWatchSource, SeriesRequest, serviceScope, statisticName } from './cloudwatch-source';

/** Metrics of Container Insights by the ids that the expression has for them. */
export interface ServiceMathOptions {
  readonly expression: string;
  readonly metrics: { readonly [id: string]: string };
}

/** Several metrics of a service, compared: one alarm for each of the `services`, since an alarm takes a single Metrics Insights query. */
export class ServiceMathSource implements CloudWatchSource {
  public readonly containerInsights = 'standard';
  public readonly isPerService = true;

  constructor(private readonly options: ServiceMathOptions) {}

  public objection(_window: AlertWindow, target: AlertTarget): string | undefined {
    return target.services ? undefined
      : "it needs 'services' (one alarm a service), since an alarm for a whole cluster takes one query, and this compares several metrics";
  }

  public series({ scope, target: { clusterName, services = [] }, statistic, period }: SeriesRequest): AlarmSeries[] {
    const { expression, metrics } = this.options;
    return services.map((service) => {
      const dimensionsMap = { ClusterName: clusterName, ServiceName: service.name };
      const usingMetrics = Object.fromEntries(Object.entries(metrics).map(([id, metricName]) => [
        id, new cloudwatch.Metric({ namespace: 'ECS/ContainerInsights', metricName, dimensionsMap, statistic: statisticName(statistic), period }),
      ]));
      return {
        scope: serviceScope(scope, service),
        metric: new cloudwatch.MathExpression({ expression, usingMetrics, period }),
        subject: `service ${service.name} of cluster ${clusterName}`,
        service,
      };
    });
  }
}
