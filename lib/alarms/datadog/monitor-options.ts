// SPDX-License-Identifier: Apache-2.0
import { AlertDescription } from '../alert-description';
import { AlertNotificationOptions } from '../alert-rule-options';
import { DatadogAlertOptions } from './datadog-alert-options';
import { Lateness, MonitorQuery, windowMinutes } from './datadog-source';

/**
 * Seconds that a monitor waits before it looks. 900 is Datadog's advice for what it polls AWS for,
 * https://docs.datadoghq.com/monitors/guide/troubleshooting-no-data/; metric streams take two or three minutes,
 * https://docs.datadoghq.com/integrations/guide/aws-cloudwatch-metric-streams-with-kinesis-data-firehose/.
 */
const POLLED = 900;
const STREAMED = 300;

/** The API refuses the older two beside the newer one, so who says one of them says all. */
const MISSING_DATA_OPTIONS = ['notify_no_data', 'no_data_timeframe', 'on_missing_data'];

/** The API's `options` of a monitor. */
export function monitorOptions(description: AlertDescription, query: MonitorQuery, backend: DatadogAlertOptions): { [name: string]: any } {
  const delay = evaluationDelay(query.lateness, backend.metricStreams ?? false);
  const saysMissingData = MISSING_DATA_OPTIONS.some((name) => name in (backend.monitorOptions ?? {}));
  return {
    thresholds: thresholds(description, query),
    ...(delay === 0 ? {} : { evaluation_delay: delay }),
    ...(saysMissingData ? {} : missingData(description, query, delay, backend.notifyNoData ?? false)),
    // Data that is polled for has gaps, so a window is never known to be full.
    ...(query.missingDataOption === 'notify_no_data' && query.lateness !== 'agent' ? { require_full_window: false } : {}),
    ...renotification(description.options, backend),
    include_tags: true,
    ...(saysMissingData ? without(MISSING_DATA_OPTIONS, query.options ?? {}) : query.options),
    ...backend.monitorOptions,
  };
}

function without(names: readonly string[], options: { readonly [name: string]: any }): { [name: string]: any } {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !names.includes(name)));
}

function evaluationDelay(lateness: Lateness, metricStreams: boolean): number {
  return { agent: 0, cloudWatch: metricStreams ? STREAMED : POLLED, crawler: POLLED }[lateness];
}

/** The critical one is the number of the query, or the API refuses both. */
function thresholds({ threshold, options }: AlertDescription, { isNegated, thresholds: own }: MonitorQuery): { [name: string]: number } {
  const sign = (value: number) => (isNegated ? -value : value);
  return {
    ...own,
    critical: sign(threshold),
    ...(options.recoveryThreshold === undefined ? {} : { critical_recovery: sign(options.recoveryThreshold) }),
    ...(options.warningThreshold === undefined ? {} : { warning: sign(options.warningThreshold) }),
  };
}

/**
 * Of searches and counts, none is zero (`default`). A metric monitor has the older pair: the newer option takes only some of its values there, depending on the query,
 * https://github.com/DataDog/terraform-provider-datadog/issues/2815. Its timeframe must be twice the window, and the delay comes on top.
 */
function missingData(description: AlertDescription, query: MonitorQuery, delay: number, notifyUnknown: boolean) {
  const { missingData: meaning } = description;
  const notify = meaning === 'bad' || (meaning === 'unknown' && notifyUnknown);
  if (query.missingDataOption === 'on_missing_data') {
    return { on_missing_data: notify ? 'show_and_notify_no_data' : 'default' };
  }
  const timeframe = 2 * windowMinutes(description, query.lateness) + delay / 60;
  return notify ? { notify_no_data: true, no_data_timeframe: timeframe } : { notify_no_data: false };
}

/** When people are told again. */
export function renotification(options: AlertNotificationOptions, backend: DatadogAlertOptions): { [name: string]: any } {
  const interval = options.renotifyInterval ?? backend.renotifyInterval;
  const escalationMessage = options.escalationMessage ?? backend.escalationMessage;
  if (!interval) {
    return {};
  }
  return {
    renotify_interval: interval.toMinutes(),
    ...(backend.renotifyOccurrences === undefined ? {} : { renotify_occurrences: backend.renotifyOccurrences }),
    ...(backend.renotifyStatuses === undefined ? {} : { renotify_statuses: [...backend.renotifyStatuses] }),
    ...(escalationMessage === undefined ? {} : { escalation_message: escalationMessage }),
  };
}
