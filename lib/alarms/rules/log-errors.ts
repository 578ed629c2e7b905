// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { FORWARDER_METRICS } from '../../private/forwarder-metrics';
import { AlertDescription } from '../alert-description';
import { AlertRuleOptions, common } from '../alert-rule-options';
import { spoken, total, zeroOrPositiveNumber } from './rule';
import { GivenMetricSource } from '../cloudwatch/given-metric-source';
import { QuerySource } from '../cloudwatch/query-source';
import { LogMonitor } from '../datadog/search-monitor';

/** When `AlertRule.logErrors` fires. */
export interface LogErrorsAlertOptions extends AlertRuleOptions {
  /**
   * Fires when there were more error logs than this.
   *
   * @see https://www.datadoghq.com/blog/monitoring-ecs-with-datadog/
   * @default 500
   */
  readonly moreThan?: number;

  /**
   * The time in which they are counted. A whole number of minutes, at most 3 hours; at most one day with a `metric` that is not a query.
   *
   * @default Duration.minutes(5)
   */
  readonly within?: Duration;

  /**
   * A metric that counts error logs. A `Metric` is summed over `within`, whatever its own statistic and period; a `MathExpression` is only given
   * that period.
   *
   * @default - what this library's log forwarders counted, for each service and task family: every forwarder of the account and region, not of one
   * cluster alone, since a CloudWatch Metrics Insights query looks at a whole account and region
   */
  readonly metric?: cloudwatch.IMetric;
}

/** Too many error logs. */
export function logErrors(options: LogErrorsAlertOptions): AlertDescription {
  const moreThan = zeroOrPositiveNumber('moreThan', options.moreThan ?? 500);
  const window = total('within', options.within ?? Duration.minutes(5));
  return {
    ...common('LogErrors', options),
    title: `More than ${spoken(moreThan)} error logs within ${window.duration.toHumanString()}`,
    advice: 'look at those logs in Datadog (status:error) and at what was deployed before',
    statistic: 'sum',
    comparison: '>',
    threshold: moreThan,
    window,
    // Nothing is counted while there are no error logs.
    missingData: 'fine',
    cloudWatch: options.metric ? new GivenMetricSource(options.metric, { whole: 'the watched log groups', each: 'a service' }) : forwarderCount(),
    datadog: new LogMonitor({ search: 'status:error', groupBy: ['family'] }),
  };
}

function forwarderCount(): QuerySource {
  const { namespace, errors } = FORWARDER_METRICS;
  const groupBy = ['Service', 'TaskFamily'];
  return new QuerySource({ namespace, metricName: errors.metricName, dimensions: errors.dimensions, groupBy, subject: 'a service' });
}
