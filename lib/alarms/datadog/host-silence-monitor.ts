// SPDX-License-Identifier: Apache-2.0
import { DatadogMonitorType } from '../../datadog';
import { AlertDescription } from '../alert-description';
import { AlertTarget } from '../alert-target';
import { DatadogSource, MonitorQuery } from './datadog-source';
import { AGENT_TAGS, groupNames, groupSubject, tagValue } from './tag-names';
import { spoken } from '../rules/rule';

/**
 * `datadog.agent.up` of each host, which every Agent sends and no Agent sends as failing: that it is missing for the rule's window is what tells.
 *
 * @see https://docs.datadoghq.com/monitors/types/host/
 */
export class HostSilenceMonitor implements DatadogSource {
  /** @param hostTag by which the hosts are found: no tag of a host tells its cluster unless the user sets one */
  constructor(private readonly hostTag?: string) {}

  public objection(_description: AlertDescription, target: AlertTarget): string | undefined {
    if (this.hostTag === undefined) {
      return "it needs 'hostTag', a tag that the hosts of the cluster have in Datadog and no others";
    }
    return target.services ? "it is about the hosts of the whole cluster, leave out 'services'" : undefined;
  }

  public monitor({ threshold, window }: AlertDescription, target: AlertTarget): MonitorQuery {
    return {
      type: DatadogMonitorType.SERVICE_CHECK,
      query: `"datadog.agent.up".over("${tagValue(this.hostTag ?? '')}").by("host").last(${spoken(threshold)}).count_by_status()`,
      subject: groupSubject(AGENT_TAGS, ['instance'], target),
      groups: groupNames(['instance']),
      lateness: 'agent',
      missingDataOption: 'notify_no_data',
      thresholds: { ok: 1 },
      // The timeframe of a check is the time itself, with no window to be twice of.
      options: { notify_no_data: true, no_data_timeframe: window.duration.toMinutes() },
    };
  }
}
