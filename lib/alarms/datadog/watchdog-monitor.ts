// SPDX-License-Identifier: Apache-2.0
import { DatadogMonitorType } from '../../datadog';
import { AlertDescription } from '../alert-description';
import { ApmScope } from './apm-monitor';
import { DatadogSource, MonitorQuery } from './datadog-source';
import { windowObjection } from './metric-monitor';
import { datadogMinutes, searchValue } from './tag-names';
import { spoken } from '../rules/rule';

/** `last("2880m")`: https://docs.datadoghq.com/api/latest/monitors/#create-a-monitor */
const MAX_MINUTES = 2880;

/**
 * What Watchdog found in the traces of an environment, as events. Each story has a state of its own.
 *
 * @see https://docs.datadoghq.com/monitors/types/watchdog/
 */
export class WatchdogMonitor implements DatadogSource {
  constructor(private readonly options: ApmScope) {}

  public objection({ window }: AlertDescription): string | undefined {
    return windowObjection(window, MAX_MINUTES);
  }

  public monitor({ comparison, threshold, window }: AlertDescription): MonitorQuery {
    const { env, service } = this.options;
    const search = [`source:watchdog (story_category:apm) env:${searchValue(env)}`, ...(service === undefined ? [] : [`service:${searchValue(service)}`])].join(' ');
    const last = datadogMinutes(window.duration.toMinutes());
    return {
      type: DatadogMonitorType.EVENT,
      query: `events("${search}").rollup("count").by("story_key").last("${last}") ${comparison} ${spoken(threshold)}`,
      subject: service === undefined ? `environment ${env}` : `service ${service} of environment ${env}`,
      groups: ['finding'],
      lateness: 'agent',
      missingDataOption: 'on_missing_data',
    };
  }
}
