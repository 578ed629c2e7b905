// SPDX-License-Identifier: Apache-2.0
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { DatadogMonitorType } from '../../datadog';
import { AlertDescription } from '../alert-description';
import { DatadogSource, MonitorQuery } from './datadog-source';
import { datadogMinutes, regionOf, tagValue } from './tag-names';
import { AlertTarget } from '../alert-target';
import { spoken } from '../rules/rule';

/** A sum of metrics, of which some may have no value: what a forwarder's `metricErrors()` is. */
const SUM_OF_FILLED = /^FILL\((\w+), 0\)(?: \+ FILL\((\w+), 0\))*$/;

/**
 * A CloudWatch metric that the user gave, as Datadog has it: the namespace in lower case, the name in snake_case, the dimensions as tags. It takes the AWS
 * integration, with the namespace in question; custom metrics only where they are collected.
 *
 * @see https://docs.datadoghq.com/integrations/amazon_web_services/
 */
export class GivenMetricMonitor implements DatadogSource {
  /** @param aggregation `sum` of something that is counted, `max` of something that is measured */
  constructor(private readonly metric: cloudwatch.IMetric, private readonly subject: string, private readonly aggregation: 'sum' | 'max' = 'sum') {}

  public objection(): string | undefined {
    return this.metrics() ? undefined : "'metric' must be a Metric, or a sum of FILL(…, 0), to be found in Datadog, got: another expression";
  }

  public monitor({ comparison, threshold, window }: AlertDescription, target: AlertTarget): MonitorQuery {
    const metrics = this.metrics() ?? [];
    const queries = metrics.map((metric) => this.datadogMetric(metric, target)).map((query) => (metrics.length === 1 ? query : `default_zero(${query})`));
    return {
      type: DatadogMonitorType.METRIC,
      query: `${this.aggregation}(last_${datadogMinutes(window.duration.toMinutes())}):${queries.join(' + ')} ${comparison} ${spoken(threshold)}`,
      subject: this.subject,
      groups: [],
      lateness: 'cloudWatch',
      missingDataOption: 'notify_no_data',
    };
  }

  private metrics(): cloudwatch.Metric[] | undefined {
    const { metric } = this;
    if (metric instanceof cloudwatch.Metric) {
      return [metric];
    }
    if (!(metric instanceof cloudwatch.MathExpression) || !SUM_OF_FILLED.test(metric.expression)) {
      return undefined;
    }
    const used = [...metric.expression.matchAll(/FILL\((\w+), 0\)/g)].map(([, id]) => metric.usingMetrics[id]);
    return used.every((part): part is cloudwatch.Metric => part instanceof cloudwatch.Metric) ? used : undefined;
  }

  /** `AWS/Lambda` `AsyncEventsDropped` is `aws.lambda.async_events_dropped`, with the dimension `FunctionName` as the tag `functionname`. */
  private datadogMetric({ namespace, metricName, dimensions = {} }: cloudwatch.Metric, target: AlertTarget): string {
    const name = metricName.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
    const tags = Object.entries(dimensions).map(([key, value]) => `${key.toLowerCase()}:${tagValue(String(value))}`).sort();
    const place = regionOf(target).map(([key, value]) => `${key}:${value}`);
    const asCount = this.aggregation === 'sum' ? '.as_count()' : '';
    return `${this.aggregation}:${namespace.replace(/\//g, '.').toLowerCase()}.${name}{${[...tags, ...place].join(',') || '*'}}${asCount}`;
  }
}
