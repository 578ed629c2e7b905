// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';
import { DatadogMonitorType } from '../../datadog';
import { AlertDescription } from '../alert-description';
import { AlertTarget } from '../alert-target';
import { DatadogSource, MonitorQuery, MonitorText } from './datadog-source';
import { GroupKey, TagNames, groupNames, groupSubject, metricFilter, tagName } from './tag-names';

/**
 * How long ago a change monitor can compare with, in minutes, as the API writes it; a day is not 24 hours there. It has 5 and 10 minutes too, in which what is asked for
 * every ten minutes says nothing new. https://docs.datadoghq.com/api/latest/monitors/#create-a-monitor
 */
const SHIFTS = new Map([[15, '15m'], [30, '30m'], [60, '1h'], [120, '2h'], [240, '4h'], [1440, '1d']]);

/** Over which time a value is averaged: there is always one of what is asked for every ten minutes. */
const AVERAGED_MINUTES = 15;

/** A metric of which a drop is bad. */
export interface DropMonitorOptions {
  readonly tags: TagNames;
  /** With its aggregation: `sum:aws.ecs.service.running`. */
  readonly metric: string;
  readonly groupBy: readonly GroupKey[];
  readonly text: MonitorText;
}

/**
 * A change monitor: now against one window of the rule ago. A drop by 2 is a change of -2 or less, so the thresholds are negative. The values of a
 * quarter of an hour are averaged; a sum would add up the difference of each point in it.
 *
 * @see https://docs.datadoghq.com/monitors/guide/change-alert/
 */
export class DropMonitor implements DatadogSource {
  constructor(private readonly options: DropMonitorOptions) {}

  public objection({ window, threshold }: AlertDescription): string | undefined {
    if (Token.isUnresolved(threshold)) {
      return 'its threshold must be known when the app is synthesized, since it is negated, got: a token';
    }
    return SHIFTS.has(window.duration.toMinutes()) ? undefined
      : `'${window.option}' must be one of ${[...SHIFTS.keys()].join(', ')} minutes, which a change monitor compares with, got: ${window.duration.toHumanString()}`;
  }

  public monitor({ threshold, window }: AlertDescription, target: AlertTarget): MonitorQuery {
    const { tags, metric, groupBy, text } = this.options;
    const shift = `last_${SHIFTS.get(window.duration.toMinutes())}`;
    const scope = `{${metricFilter(tags, target)}} by {${groupBy.map((key) => tagName(tags, key)).join(',')}}`;
    return {
      type: DatadogMonitorType.METRIC,
      query: `change(avg(last_${AVERAGED_MINUTES}m),${shift}):${metric}${scope} <= ${-threshold}`,
      text,
      subject: groupSubject(tags, groupBy, target),
      groups: groupNames(groupBy),
      lateness: tags.lateness,
      missingDataOption: 'notify_no_data',
      isNegated: true,
    };
  }
}
