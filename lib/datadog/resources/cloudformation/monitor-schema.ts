// SPDX-License-Identifier: Apache-2.0
import { TypeSchema, fields } from './type-schema';

const EVENT_QUERY: { readonly [field: string]: TypeSchema } = {
  ...fields('name', 'indexes'),
  data_source: ['rum', 'ci_pipelines', 'ci_tests', 'audit', 'events', 'logs', 'spans', 'data_quality_metrics'],
  search: fields('query'),
  compute: fields('aggregation', 'interval', 'metric'),
  group_by: { ...fields('facet', 'limit'), sort: fields('aggregation', 'metric', 'order') },
};

const DATA_QUALITY_QUERY: { readonly [field: string]: TypeSchema } = {
  ...fields('schema_version', 'measure', 'filter', 'scope'),
  monitor_options: fields('custom_sql', 'custom_where', 'group_by_columns', 'crontab_override', 'model_type_override'),
};

/**
 * `Datadog::Monitors::Monitor`, as its schema is in version 4.9.0. According to the change log 4.10.0 changed nothing in it; 4.11.0 has further
 * notification presets, which are not here, since a type that was activated earlier refuses them.
 *
 * @see https://github.com/DataDog/datadog-cloudformation-resources/blob/master/datadog-monitors-monitor-handler/CHANGELOG.md
 * @see https://github.com/DataDog/datadog-cloudformation-resources/blob/master/datadog-monitors-monitor-handler/datadog-monitors-monitor.json
 */
export const MONITOR_SCHEMA: { readonly [field: string]: TypeSchema } = {
  ...fields('name', 'message', 'query', 'tags', 'priority', 'restricted_roles', 'multi'),
  type: [
    'audit alert', 'composite', 'event alert', 'event-v2 alert', 'log alert', 'metric alert', 'process alert', 'query alert', 'service check',
    'synthetics alert', 'trace-analytics alert', 'slo alert', 'rum alert', 'ci-pipelines alert', 'error-tracking alert', 'ci-tests alert',
    'database-monitoring alert', 'network-performance alert', 'cost alert', 'data-quality alert',
  ],
  options: {
    ...fields(
      'enable_logs_sample', 'enable_samples', 'escalation_message', 'evaluation_delay', 'group_retention_duration', 'include_tags', 'locked',
      'min_failure_duration', 'min_location_failed', 'new_group_delay', 'new_host_delay', 'no_data_timeframe', 'notify_audit', 'notify_by',
      'notify_no_data', 'on_missing_data', 'renotify_interval', 'renotify_occurrences', 'renotify_statuses', 'require_full_window',
      'synthetics_check_id', 'timeout_h',
    ),
    notification_preset_name: ['show_all', 'hide_query', 'hide_handles', 'hide_all'],
    scheduling_options: { evaluation_window: fields('day_starts', 'month_starts', 'hour_starts') },
    thresholds: fields('critical', 'critical_recovery', 'ok', 'warning', 'warning_recovery'),
    threshold_windows: fields('trigger_window', 'recovery_window'),
    variables: { ...EVENT_QUERY, ...DATA_QUALITY_QUERY },
  },
};
