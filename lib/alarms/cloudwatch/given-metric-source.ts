// SPDX-License-Identifier: Apache-2.0
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmSeries, CloudWatchSource, SeriesRequest, statisticName } from './cloudwatch-source';

/** A metric that the user gave: one alarm, with or without `services`. */
export class GivenMetricSource implements CloudWatchSource {
  public readonly needsContainerInsights = false;

  constructor(private readonly metric: cloudwatch.IMetric, private readonly subject: string) {}

  public objection(): undefined {
    return undefined;
  }

  public series({ scope, statistic, period }: SeriesRequest): AlarmSeries[] {
    return [{ scope, metric: this.over({ statistic: statisticName(statistic), period }), subject: this.subject }];
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
