// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { FORWARDER_METRICS } from '../../private/forwarder-metrics';
import { AlertDescription, AlertWindow } from '../alert-description';
import { AlertRuleOptions, RuleDefinition, ruleId, spoken, total, zeroOrPositiveNumber } from './rule';
import { CloudWatchSource } from '../cloudwatch/cloudwatch-source';
import { GivenMetricSource } from '../cloudwatch/given-metric-source';
import { QuerySource } from '../cloudwatch/query-source';

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
export class LogErrors implements RuleDefinition {
  private readonly id: string;
  private readonly moreThan: number;
  private readonly window: AlertWindow;
  private readonly metric?: cloudwatch.IMetric;

  constructor(options: LogErrorsAlertOptions) {
    this.id = ruleId(options, 'LogErrors');
    this.moreThan = zeroOrPositiveNumber('moreThan', options.moreThan ?? 500);
    this.window = total('within', options.within ?? Duration.minutes(5));
    this.metric = options.metric;
  }

  public describe(): AlertDescription {
    return {
      id: this.id,
      title: `More than ${spoken(this.moreThan)} error logs within ${this.window.duration.toHumanString()}`,
      advice: 'look at those logs in Datadog (status:error) and at what was deployed before',
      statistic: 'sum',
      comparison: '>',
      threshold: this.moreThan,
      window: this.window,
      // Nothing is counted while there are no error logs.
      missingData: 'fine',
      cloudWatch: this.cloudWatchSource(),
    };
  }

  private cloudWatchSource(): CloudWatchSource {
    if (this.metric) {
      return new GivenMetricSource(this.metric, { whole: 'the watched log groups', each: 'a service' });
    }
    const { namespace, errors } = FORWARDER_METRICS;
    const groupBy = ['Service', 'TaskFamily'];
    return new QuerySource({ namespace, metricName: errors.metricName, dimensions: errors.dimensions, groupBy, subject: 'a service' });
  }
}
