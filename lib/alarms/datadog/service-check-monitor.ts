// SPDX-License-Identifier: Apache-2.0
import { DatadogMonitorType } from '../../datadog';
import { AlertDescription } from '../alert-description';
import { AlertTarget } from '../alert-target';
import { DatadogSource, MonitorQuery } from './datadog-source';
import { GroupKey, TagNames, groupNames, groupSubject, placeOf, tagName, tagValue } from './tag-names';
import { spoken } from '../rules/rule';

/** What is checked, and for whom. */
export interface ServiceCheckMonitorOptions {
  readonly tags: TagNames;
  /** Such as `aws.ecs.agent_connected`. */
  readonly check: string;
  readonly groupBy: readonly GroupKey[];
}

/**
 * A service check: the rule's threshold is the number of checks in a row that have to fail. As many are looked at, and one that succeeds is enough to recover.
 *
 * @see https://docs.datadoghq.com/monitors/types/service_check/
 */
export class ServiceCheckMonitor implements DatadogSource {
  constructor(private readonly options: ServiceCheckMonitorOptions) {}

  public objection(_description: AlertDescription, target: AlertTarget): string | undefined {
    return target.services ? "it is about the whole cluster, leave out 'services'" : undefined;
  }

  public monitor({ threshold }: AlertDescription, target: AlertTarget): MonitorQuery {
    const { tags, check, groupBy } = this.options;
    const over = placeOf(tags, target).map(([name, value]) => `"${name}:${tagValue(value)}"`).join(',');
    const by = groupBy.map((key) => `"${tagName(tags, key)}"`).join(',');
    return {
      type: DatadogMonitorType.SERVICE_CHECK,
      query: `"${check}".over(${over}).by(${by}).last(${spoken(threshold)}).count_by_status()`,
      subject: groupSubject(tags, groupBy, target),
      groups: groupNames(groupBy),
      lateness: 'agent',
      missingDataOption: 'notify_no_data',
      thresholds: { ok: 1 },
    };
  }
}
