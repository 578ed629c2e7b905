// SPDX-License-Identifier: Apache-2.0
import { DatadogMonitorType } from '../../datadog';
import { AlertDescription } from '../alert-description';
import { AlertTarget } from '../alert-target';
import { CRAWLED_EVERY_MINUTES, DatadogSource, MonitorQuery, windowMinutes } from './datadog-source';
import { GroupKey, TagNames, datadogMinutes, groupNames, groupSubject, metricFilter, tagName } from './tag-names';
import { spoken } from '../rules/rule';

/** `last_10080m`: https://docs.datadoghq.com/api/latest/monitors/#create-a-monitor */
const MAX_MINUTES = 10_080;

/** What starts has another load than what runs: as long as Datadog's own monitors for Fargate wait, https://docs.datadoghq.com/integrations/ecs_fargate/ */
export const STARTUP_SECONDS = 300;

/** A metric, or a formula of several, for each group of tags. */
export interface MetricMonitorOptions {
  /** Whose metrics these are. */
  readonly tags: TagNames;
  /** `of('max:aws.ecs.service.running')` is that metric with the filter and the groups. */
  readonly formula: (of: (metric: string) => string) => string;
  readonly groupBy: readonly GroupKey[];
  /** Whether it is a metric of the cluster, which says nothing of services: then `services` restrict nothing. */
  readonly ofCluster?: boolean;
  /** How the values of the window become one, where it does not follow from the rule. */
  readonly timeAggregation?: string;
  /** Seconds that a new group is left alone. Datadog's own default is 60. */
  readonly newGroupDelay?: number;
}

/**
 * A metric monitor. A condition that is to hold all the time holds for the least favourable value of the window: above, for its minimum; below, for its
 * maximum. So a single good value keeps it quiet.
 */
export class MetricMonitor implements DatadogSource {
  constructor(private readonly options: MetricMonitorOptions) {}

  public objection({ window }: AlertDescription): string | undefined {
    return windowObjection(window, this.options.tags.lateness === 'crawler' ? MAX_MINUTES - CRAWLED_EVERY_MINUTES : MAX_MINUTES);
  }

  public monitor(description: AlertDescription, target: AlertTarget): MonitorQuery {
    const { tags, formula, groupBy, newGroupDelay, ofCluster, timeAggregation = aggregationOf(description) } = this.options;
    const scope = `{${metricFilter(tags, ofCluster ? { ...target, services: undefined } : target)}} by {${groupBy.map((key) => tagName(tags, key)).join(',')}}`;
    const value = formula((metric) => `${metric}${scope}`);
    const window = `last_${datadogMinutes(windowMinutes(description, tags.lateness))}`;
    return {
      type: DatadogMonitorType.METRIC,
      query: `${timeAggregation}(${window}):${value} ${description.comparison} ${spoken(description.threshold)}`,
      subject: groupSubject(tags, groupBy, target),
      groups: groupNames(groupBy),
      lateness: tags.lateness,
      missingDataOption: 'notify_no_data',
      options: newGroupDelay === undefined ? {} : { new_group_delay: newGroupDelay },
    };
  }
}

/** Why a window is too long for a monitor, if so. */
export function windowObjection({ option, duration }: AlertDescription['window'], maxMinutes: number): string | undefined {
  return duration.toMinutes() <= maxMinutes ? undefined
    : `'${option}' must be at most ${maxMinutes} minutes, got: ${duration.toHumanString()}`;
}

function aggregationOf({ window, comparison }: AlertDescription): string {
  if (window.kind === 'total') {
    return 'sum';
  }
  return comparison.startsWith('>') ? 'min' : 'max';
}
