// SPDX-License-Identifier: Apache-2.0
import { Duration, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { FORWARDER_METRICS } from '../private/forwarder-metrics';
import { checkUnifiedTag } from '../private/tag-syntax';

/** Which error logs are counted, and how. */
export interface ErrorLogMetricOptions {
  /**
   * Only those of this service.
   *
   * @default - of every service
   */
  readonly service?: string;

  /**
   * Only those of this task definition family.
   *
   * @default - of every family
   */
  readonly taskFamily?: string;

  /**
   * One time series for each service and task family instead of one for all, the one with the most errors first. An alarm on it then has each of
   * them as a contributor.
   *
   * @default false
   */
  readonly grouped?: boolean;

  /**
   * The period over which errors are summed.
   *
   * @default Duration.minutes(5)
   */
  readonly period?: Duration;

  /**
   * Label of the metric on dashboards.
   *
   * @default - CloudWatch's own
   */
  readonly label?: string;
}

/** What one function counts, or measures. */
export function counterOf(functionName: string, metricName: string, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: FORWARDER_METRICS.namespace,
    metricName,
    dimensionsMap: { FunctionName: functionName },
    statistic: cloudwatch.Stats.SUM,
    ...options,
  });
}

/**
 * What Lambda itself counts against the function. The function's own counters say nothing of these: it writes them only if it gets that far.
 *
 * A metric that was never published has no data and would leave the whole sum without any, so each one is filled. While none of them has data the
 * sum has none either, which is no failure.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export function failuresOf(handler: lambda.IFunction, options: cloudwatch.MathExpressionOptions = {}): cloudwatch.MathExpression {
  const counter = (metricName: string) => handler.metric(metricName, { statistic: cloudwatch.Stats.SUM });
  return new cloudwatch.MathExpression({
    expression: 'FILL(errors, 0) + FILL(destinationFailures, 0) + FILL(dropped, 0)',
    usingMetrics: { errors: counter('Errors'), destinationFailures: counter('DestinationDeliveryFailures'), dropped: counter('AsyncEventsDropped') },
    label: 'Failed invocations and dropped events',
    ...options,
  });
}

/** Error logs, as a plain metric where service and family name exactly one, else as a Metrics Insights query, which an alarm takes as well. */
export function errorLogsOf(functionName: string, options: ErrorLogMetricOptions = {}): cloudwatch.IMetric {
  const { service, taskFamily, grouped = false, period = Duration.minutes(5), label } = options;
  checkUnifiedTag('service', service);
  if (taskFamily !== undefined && !Token.isUnresolved(taskFamily) && !/^[\w-]{1,255}$/.test(taskFamily)) {
    throw new Error(`'taskFamily' must hold only letters, digits, _ and -, got: '${taskFamily}'`);
  }
  const { namespace, errors: { metricName, dimensions } } = FORWARDER_METRICS;
  if (service !== undefined && taskFamily !== undefined) {
    return new cloudwatch.Metric({
      namespace,
      metricName,
      dimensionsMap: { FunctionName: functionName, Service: service, TaskFamily: taskFamily },
      statistic: cloudwatch.Stats.SUM,
      period,
      label,
    });
  }
  const conditions = [
    `FunctionName = '${functionName}'`,
    ...(service === undefined ? [] : [`Service = '${service}'`]),
    ...(taskFamily === undefined ? [] : [`TaskFamily = '${taskFamily}'`]),
  ];
  return new cloudwatch.MathExpression({
    expression: `SELECT SUM(${metricName}) FROM SCHEMA("${namespace}", ${dimensions.join(', ')}) WHERE ${conditions.join(' AND ')}`
      // An alarm demands the order: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Metrics_Insights_Alarm.html
      + (grouped ? ' GROUP BY Service, TaskFamily ORDER BY SUM() DESC' : ''),
    usingMetrics: {},
    period,
    label,
  });
}
