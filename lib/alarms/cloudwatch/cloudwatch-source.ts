// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { AlertDescription, AlertWindow, Statistic } from '../alert-description';
import { childOnce } from '../alert-renderer';
import { AlertTarget, WatchedService } from '../alert-target';

/** `enhanced` is also `standard`. */
export type ContainerInsightsNeed = 'none' | 'standard' | 'enhanced';

/** One metric that gets one alarm. */
export interface AlarmSeries {
  /** Where the alarm goes. */
  readonly scope: Construct;
  readonly metric: cloudwatch.IMetric;
  /** Whose value it is, as part of a sentence. */
  readonly subject: string;
  /** Absent: not of one service. */
  readonly service?: WatchedService;
  /** Whom the source itself tells, so that the alarm need not. Absent: nobody. */
  readonly told?: sns.ITopic[];
}

/** What a source is asked for. */
export interface SeriesRequest {
  /** The `EcsAlarms`. */
  readonly scope: Construct;
  readonly target: AlertTarget;
  readonly description: AlertDescription;
  readonly statistic: Statistic;
  readonly period: Duration;
  /** Whom a source tells that has something to say by itself. */
  readonly topics: sns.ITopic[];
}

/** Where CloudWatch finds the value of a rule. */
export interface CloudWatchSource {
  /** Without which Container Insights it stays silent. */
  readonly containerInsights: ContainerInsightsNeed;
  /** Whether each of the `services` has a series of its own. Absent: it has not. */
  readonly isPerService?: boolean;
  /** Why this cannot be watched on this target, if so. Asked before anything is made. */
  objection(window: AlertWindow, target: AlertTarget): string | undefined;
  /** Makes what is needed to have the metric. */
  series(request: SeriesRequest): AlarmSeries[];
}

/** As CloudWatch names it. */
export function statisticName(statistic: Statistic): string {
  return { maximum: cloudwatch.Stats.MAXIMUM, minimum: cloudwatch.Stats.MINIMUM, sum: cloudwatch.Stats.SUM }[statistic];
}

/** Where the alarms of one service go: a namespace of its own, made once. */
export function serviceScope(scope: Construct, service: WatchedService): Construct {
  const services = childOnce(scope, 'Services');
  return childOnce(services, service.key);
}
