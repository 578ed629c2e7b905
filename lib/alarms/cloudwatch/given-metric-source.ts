// SPDX-License-Identifier: Apache-2.0
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlertWindow } from '../alert-description';
import { AlarmSeries, CloudWatchSource, SeriesRequest, statisticName } from './cloudwatch-source';
import { contributor, metricsInsightsObjection } from './metrics-insights';

/** Whose value a given metric is, as parts of a sentence. */
export interface GivenMetricSubjects {
  readonly whole: string;
  /** Of each series, where the metric is a query that returns several. */
  readonly each: string;
}

/** A metric that the user gave: one alarm, with or without `services`. */
export class GivenMetricSource implements CloudWatchSource {
  public readonly containerInsights = 'none';

  constructor(private readonly metric: cloudwatch.IMetric, private readonly subjects: GivenMetricSubjects) {}

  public objection(window: AlertWindow): string | undefined {
    return /^SELECT\s/i.test(this.expression) ? metricsInsightsObjection(window) : undefined;
  }

  public series({ scope, statistic, period }: SeriesRequest): AlarmSeries[] {
    const { whole, each } = this.subjects;
    const subject = /^SELECT\s.*\sGROUP\s+BY\s/is.test(this.expression) ? contributor(each) : whole;
    return [{ scope, metric: this.over({ statistic: statisticName(statistic), period }), subject }];
  }

  /** Only a math expression has one: a formula, or a Metrics Insights query. */
  private get expression(): string {
    return this.metric instanceof cloudwatch.MathExpression ? this.metric.expression.trim() : '';
  }

  /** The threshold is meant for the rule's own window, so the metric has to be taken over that one. */
  private over(options: cloudwatch.MetricOptions): cloudwatch.IMetric {
    const { metric } = this;
    if (metric instanceof cloudwatch.Metric) {
      return metric.with(options);
    }
    return metric instanceof cloudwatch.MathExpression ? metric.with({ period: options.period }) : metric;
  }
}
