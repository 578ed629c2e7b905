// SPDX-License-Identifier: Apache-2.0
import { AlertDescription } from '../alert-description';
import { AlertTarget } from '../alert-target';
import { DatadogSource, MonitorQuery } from './datadog-source';
import { ServiceCheckMonitor } from './service-check-monitor';
import { AGENT_TAGS } from './tag-names';

/**
 * `datadog.agent.up` of each host, which every Agent sends and no Agent sends as failing: that it is missing for the rule's window is what tells.
 *
 * @see https://docs.datadoghq.com/monitors/types/host/
 */
export class HostSilenceMonitor implements DatadogSource {
  private readonly check = new ServiceCheckMonitor({ tags: AGENT_TAGS, check: 'datadog.agent.up', groupBy: ['instance'] });

  public objection(description: AlertDescription, target: AlertTarget): string | undefined {
    return this.check.objection(description, target);
  }

  public monitor(description: AlertDescription, target: AlertTarget): MonitorQuery {
    return {
      ...this.check.monitor(description, target),
      // The timeframe of a check is the time itself, with no window to be twice of.
      options: { notify_no_data: true, no_data_timeframe: description.window.duration.toMinutes() },
    };
  }
}
