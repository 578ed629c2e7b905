// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlertWindow, Statistic } from '../alert-description';

/** Alarms on a query see the latest 3 hours: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html */
const MAX_WINDOW = Duration.hours(3);

/** One time series for each value of some dimensions. */
export interface GroupedQuery {
  readonly namespace: string;
  readonly metricName: string;
  /** All dimensions that the metric is published with: the schema matches exactly these. */
  readonly dimensions: readonly string[];
  /** Each combination of values of these dimensions is a contributor of the alarm. */
  readonly groupBy: readonly string[];
  /** Only metrics with these dimension values. Values may be tokens. */
  readonly where?: { [dimension: string]: string };
}

/**
 * A CloudWatch Metrics Insights query as a metric. An alarm on it watches every series that the query returns, those that join later too, each as a
 * contributor with a state of its own, so one alarm does for any number of services.
 *
 * It returns at most 500 series; the order, which an alarm demands, decides which ones: the worst first.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Metrics_Insights_Alarm.html
 */
export function metricsInsights(query: GroupedQuery, statistic: Statistic, period: Duration): cloudwatch.MathExpression {
  const aggregate = { maximum: 'MAX', minimum: 'MIN', sum: 'SUM' }[statistic];
  const conditions = Object.entries(query.where ?? {}).map(([dimension, value]) => `${dimension} = '${value}'`);
  const expression = [
    `SELECT ${aggregate}(${query.metricName})`,
    `FROM SCHEMA("${query.namespace}", ${query.dimensions.join(', ')})`,
    ...(conditions.length > 0 ? [`WHERE ${conditions.join(' AND ')}`] : []),
    `GROUP BY ${query.groupBy.join(', ')}`,
    `ORDER BY ${aggregate}() ${statistic === 'minimum' ? 'ASC' : 'DESC'}`,
  ].join(' ');
  return new cloudwatch.MathExpression({ expression, period });
}

/** One of many, as part of a sentence: the alarm itself cannot name it. */
export function contributor(subject: string): string {
  return `${subject} (the contributors of this alarm say which)`;
}

/** Why a query cannot look so far back, if so. */
export function metricsInsightsObjection(window: AlertWindow): string | undefined {
  if (window.duration.toSeconds() <= MAX_WINDOW.toSeconds()) {
    return undefined;
  }
  return `'${window.option}' must be at most ${MAX_WINDOW.toHumanString()} where the alarm is on a query (CloudWatch Metrics Insights looks no further back), `
    + `got: ${window.duration.toHumanString()}`;
}
