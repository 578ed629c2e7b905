// SPDX-License-Identifier: Apache-2.0
import { DatadogMonitorType } from './datadog-monitor-type';
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
   * Tags of the monitor itself, as `key:value`.
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
   * The API's own `options`, for all that has no property here: `{ notify_audit: true, timeout_h: 2 }`.
   *
   * @default - none
   */
  readonly options?: { readonly [name: string]: any };
}

/** Properties of a `DatadogMonitor`. */
export interface DatadogMonitorProps extends DatadogMonitorBaseProps {
  /** What is watched. Changing it may replace the monitor. */
  readonly type: DatadogMonitorType;

  /** What is compared with what, in the language of the type. */
  readonly query: string;
}
