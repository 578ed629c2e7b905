// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { AlertDescription } from '../alert-description';
import { AlertRuleOptions, common } from '../alert-rule-options';
import { sustained } from './rule';
import { AlertTarget } from '../alert-target';
import { AlarmSeries, CloudWatchSource, SeriesRequest } from '../cloudwatch/cloudwatch-source';
import { ClusterMetricSource } from '../cloudwatch/cluster-metric-source';
import { ServiceMetricSource } from '../cloudwatch/service-metric-source';
import { DatadogSource, MonitorQuery } from '../datadog/datadog-source';
import { MetricMonitor } from '../datadog/metric-monitor';
import { CRAWLER_TAGS, GroupKey } from '../datadog/tag-names';

/** When `AlertRule.noTasks` fires. */
export interface NoTasksAlertOptions extends AlertRuleOptions {
  /**
   * Fires when nothing has run, or nothing was reported, for so long. A whole number of minutes; at most one day in CloudWatch.
   *
   * @default Duration.minutes(10)
   */
  readonly longerThan?: Duration;
}

/** Nothing runs any more, or nobody says that it does. */
export function noTasks(options: NoTasksAlertOptions): AlertDescription {
  const window = sustained('longerThan', options.longerThan ?? Duration.minutes(10));
  return {
    ...common('NoTasks', options),
    title: `No running task, or none reported, for ${window.duration.toHumanString()}`,
    advice: 'look at whether the services are still there, at their desired counts, and at who reports their tasks',
    statistic: 'maximum',
    comparison: '<',
    threshold: 1,
    window,
    // That is the difference to the rule about running tasks: a service that is gone is no contributor of its alarm any more, so that one stays silent.
    missingData: 'bad',
    cloudWatch: new TaskCountSource(),
    datadog: new TaskCountMonitor(),
  };
}

/** Container Insights counts the tasks of a cluster, and those of each service, under two names. */
class TaskCountSource implements CloudWatchSource {
  public readonly containerInsights = 'standard';
  public readonly isPerService = true;
  private readonly ofCluster = new ClusterMetricSource('ECS/ContainerInsights', 'TaskCount');
  private readonly ofServices = new ServiceMetricSource('ECS/ContainerInsights', 'RunningTaskCount');

  public objection(): string | undefined {
    return undefined;
  }

  public series(request: SeriesRequest): AlarmSeries[] {
    return (request.target.services ? this.ofServices : this.ofCluster).series(request);
  }
}

/** The tasks of all services of the cluster together, or of each of the `services`. */
class TaskCountMonitor implements DatadogSource {
  private readonly ofCluster = taskCount(['cluster']);
  private readonly ofServices = taskCount(['service', 'cluster']);

  public objection(description: AlertDescription): string | undefined {
    return this.ofCluster.objection(description);
  }

  public monitor(description: AlertDescription, target: AlertTarget): MonitorQuery {
    return (target.services ? this.ofServices : this.ofCluster).monitor(description, target);
  }
}

function taskCount(groupBy: GroupKey[]): MetricMonitor {
  return new MetricMonitor({ tags: CRAWLER_TAGS, formula: (of) => of('sum:aws.ecs.service.running'), groupBy });
}
