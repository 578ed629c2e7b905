// SPDX-License-Identifier: Apache-2.0
import { DatadogMonitorType } from '../../datadog';
import { AlertDescription } from '../alert-description';
import { APM_GROUPS, ApmScope, apmFilter, apmSubject } from './apm-monitor';
import { DatadogSource, MonitorQuery } from './datadog-source';
import { windowObjection } from './metric-monitor';
import { datadogMinutes } from './tag-names';
import { spoken } from '../rules/rule';

/** An alert window is 15 minutes to 2 weeks. The query's window is five times as long, which is at most a week. */
const MIN_MINUTES = 15;
const MAX_MINUTES = 2_016;
const SHOWN_WINDOWS = 5;

/** Seconds that a value covers: at most a fifth of the alert window. */
const INTERVAL = 60;

/** What is compared with its own past. */
export interface ApmAnomalyMonitorOptions extends ApmScope {
  /** `of('sum:trace.web.request.hits')` is that metric with the filter and the groups. */
  readonly formula: (of: (metric: string) => string) => string;
  readonly direction: string;
  readonly deviations: number;
  readonly seasonality: string;
}

/**
 * An anomaly monitor on trace metrics: it alerts when all values of the alert window were outside of what Datadog expects, and recovers when none is.
 *
 * @see https://docs.datadoghq.com/monitors/types/anomaly/#api
 */
export class ApmAnomalyMonitor implements DatadogSource {
  constructor(private readonly options: ApmAnomalyMonitorOptions) {}

  public objection({ window }: AlertDescription): string | undefined {
    return window.duration.toMinutes() < MIN_MINUTES
      ? `'${window.option}' must be at least ${MIN_MINUTES} minutes for an anomaly monitor, got: ${window.duration.toHumanString()}`
      : windowObjection(window, MAX_MINUTES);
  }

  public monitor({ comparison, threshold, window }: AlertDescription): MonitorQuery {
    const { formula, direction, deviations, seasonality } = this.options;
    const minutes = window.duration.toMinutes();
    const alertWindow = `last_${datadogMinutes(minutes)}`;
    const value = formula((metric) => `${metric}{${apmFilter(this.options)}} by {service}`);
    const anomalies = `anomalies(${value}, 'agile', ${spoken(deviations)}, direction='${direction}', alert_window='${alertWindow}', interval=${INTERVAL}, `
      + `count_default_zero='true', seasonality='${seasonality}')`;
    return {
      type: DatadogMonitorType.METRIC,
      query: `avg(last_${datadogMinutes(SHOWN_WINDOWS * minutes)}):${anomalies} ${comparison} ${spoken(threshold)}`,
      subject: apmSubject(this.options),
      groups: APM_GROUPS,
      lateness: 'agent',
      missingDataOption: 'notify_no_data',
      thresholds: { critical_recovery: 0 },
      options: { threshold_windows: { trigger_window: alertWindow, recovery_window: alertWindow } },
    };
  }
}
