// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';
import { DatadogMonitorType } from '../../datadog';
import { AlertDescription } from '../alert-description';
import { AlertTarget } from '../alert-target';
import { DatadogSource, MonitorQuery } from './datadog-source';
import { GroupKey, TagNames, datadogMinutes, groupNames, groupSubject, metricFilter, tagName } from './tag-names';

/** How long ago a change monitor can compare with, in minutes: https://docs.datadoghq.com/api/latest/monitors/#create-a-monitor */
const SHIFTS = [5, 10, 15, 30, 60, 120, 240, 1440];

/** A metric of which a drop is bad. */
export interface DropMonitorOptions {
  readonly tags: TagNames;
  /** With its aggregation: `sum:aws.ecs.service.running`. */
  readonly metric: string;
  readonly groupBy: readonly GroupKey[];
}

/**
 * A change monitor: now against one window of the rule ago. A drop by 2 is a change of -2 or less, so the thresholds are negative. The values of five minutes
 * are averaged; a sum would add up the difference of each point in them.
 *
 * @see https://docs.datadoghq.com/monitors/guide/change-alert/
 */
export class DropMonitor implements DatadogSource {
  constructor(private readonly options: DropMonitorOptions) {}

  public objection({ window, threshold }: AlertDescription): string | undefined {
    if (Token.isUnresolved(threshold)) {
      return 'its threshold must be known when the app is synthesized, since it is negated, got: a token';
    }
    return SHIFTS.includes(window.duration.toMinutes()) ? undefined
      : `'${window.option}' must be one of ${SHIFTS.join(', ')} minutes, which a change monitor compares with, got: ${window.duration.toHumanString()}`;
  }

  public monitor({ threshold, window }: AlertDescription, target: AlertTarget): MonitorQuery {
    const { tags, metric, groupBy } = this.options;
    const shift = `last_${datadogMinutes(window.duration.toMinutes())}`;
    const scope = `{${metricFilter(tags, target)}} by {${groupBy.map((key) => tagName(tags, key)).join(',')}}`;
    return {
      type: DatadogMonitorType.METRIC,
      query: `change(avg(last_5m),${shift}):${metric}${scope} <= ${-threshold}`,
      subject: groupSubject(tags, groupBy, target),
      groups: groupNames(groupBy),
      lateness: tags.lateness,
      missingDataOption: 'notify_no_data',
      isNegated: true,
    };
  }
}
