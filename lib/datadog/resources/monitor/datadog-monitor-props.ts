// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { DatadogMissingData } from './datadog-missing-data';
import { DatadogMonitorThresholds } from './datadog-monitor-thresholds';
import { DatadogMonitorType } from './datadog-monitor-type';
import { MonitorExpression } from './monitor-expression';
import { DatadogResourceProps } from '../datadog-resource-props';

/** Properties that every monitor may have, whatever it watches. */
export interface DatadogMonitorBaseProps extends DatadogResourceProps {
  /** The title of the monitor and of its notifications. It may hold template variables such as `{{servicename.name}}`. */
  readonly name: string;

  /**
   * The text of its notifications, and whom to notify: `@slack-ops`, `@pagerduty`, conditions such as `{{#is_alert}}`.
   *
   * @default - no text, and nobody is notified
   */
  readonly message?: string;

  /**
   * Tags of the monitor itself, as `key:value`. The custom resource adds tags by which it knows the monitor again.
   *
   * @default - none
   */
  readonly tags?: string[];

  /**
   * 1 is the highest priority, 5 the lowest.
   *
   * @default - none
   */
  readonly priority?: number;

  /**
   * Ids of the roles whose members may change the monitor in Datadog.
   *
   * @default - everybody with the permission to write monitors
   */
  readonly restrictedRoles?: string[];

  /**
   * How long after a notification it is repeated while the status lasts, in whole minutes.
   *
   * @default - it is not repeated
   */
  readonly renotifyInterval?: Duration;

  /**
   * The text of repeated notifications, with `renotifyInterval` only.
   *
   * @default - the same as of the first
   */
  readonly escalationMessage?: string;

  /**
   * The API's own `options`, for all that has no property here: `{ notify_audit: true, timeout_h: 2 }`.
   *
   * @default - none
   * @see https://docs.datadoghq.com/monitors/guide/monitor_api_options/
   */
  readonly options?: { readonly [name: string]: any };

  /**
   * Further fields of the API's monitor beside `options`, for all that has no property here: `{ draft_status: 'draft' }`.
   *
   * @default - none
   * @see https://docs.datadoghq.com/api/latest/monitors/#create-a-monitor
   */
  readonly additionalFields?: { readonly [name: string]: any };
}

/** Properties of a `DatadogMonitor`. */
export interface DatadogMonitorProps extends DatadogMonitorBaseProps {
  /** What is watched. Changing it may replace the monitor. */
  readonly type: DatadogMonitorType;

  /** What is compared with what, in the language of the type. */
  readonly query: string;

  /**
   * When it alerts, warns and recovers.
   *
   * @default - it alerts at the number in the query
   */
  readonly thresholds?: DatadogMonitorThresholds;

  /**
   * How long the evaluation waits for late data, in whole seconds: 15 minutes for metrics that Datadog polls from CloudWatch.
   *
   * @default - it does not wait
   * @see https://docs.datadoghq.com/monitors/guide/monitor_api_options/
   */
  readonly evaluationDelay?: Duration;

  /**
   * How long a new group, such as a new task, is not evaluated, in whole seconds.
   *
   * @default Duration.seconds(60)
   */
  readonly newGroupDelay?: Duration;

  /**
   * What an evaluation without data means. It stands in for `notify_no_data` and `no_data_timeframe`, which are in `options` for types that do not
   * have it.
   *
   * @default DatadogMissingData.DEFAULT
   */
  readonly onMissingData?: DatadogMissingData;
}

/** Properties of a composite monitor. */
export interface DatadogCompositeMonitorProps extends DatadogMonitorBaseProps {
  /** Which other monitors have to alert. */
  readonly expression: MonitorExpression;
}
