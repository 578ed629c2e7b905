// SPDX-License-Identifier: Apache-2.0
import { DatadogDowntimeSchedule } from './datadog-downtime-schedule';
import { DatadogResourceProps } from '../datadog-resource-props';
import { IDatadogMonitor } from '../monitor/i-datadog-monitor';

/** A status that a monitor may have when a downtime is over. */
export enum DatadogDowntimeEndState {
  /** It alerts. */
  ALERT = 'alert',
  /** It warns. */
  WARN = 'warn',
  /** It has no data. */
  NO_DATA = 'no data',
}

/** How a downtime may be over. */
export enum DatadogDowntimeEndType {
  /** Its time is over. */
  EXPIRED = 'expired',
  /** Somebody, or the removal of the construct, ended it. */
  CANCELED = 'canceled',
}

/** Properties of a `DatadogDowntime`. */
export interface DatadogDowntimeProps extends DatadogResourceProps {
  /**
   * The monitor that is muted.
   *
   * @default - those with `monitorTags`
   */
  readonly monitor?: IDatadogMonitor;

  /**
   * Mutes all monitors that have every one of these tags themselves; `*` is all monitors.
   *
   * @default - `monitor` is muted
   */
  readonly monitorTags?: string[];

  /**
   * Which groups of the monitors are muted, the API's `scope`: `env:prod AND servicename:web`.
   *
   * @default '*'
   * @see https://docs.datadoghq.com/monitors/downtimes/
   */
  readonly groupScope?: string;

  /**
   * When they are muted.
   *
   * @default - from the moment that the downtime is made, until the construct is removed
   */
  readonly schedule?: DatadogDowntimeSchedule;

  /**
   * What notifications of the downtime say, and whom they notify: `@slack-ops`.
   *
   * @default - none
   */
  readonly message?: string;

  /**
   * The time zone that Datadog's pages show the downtime in. It does not change when the downtime is.
   *
   * @default 'UTC'
   */
  readonly displayTimezone?: string;

  /**
   * Whether the first recovery during the downtime is muted, too.
   *
   * @default false
   */
  readonly muteFirstRecoveryNotification?: boolean;

  /**
   * The statuses of a monitor that are notified of when the downtime is over.
   *
   * @default - Datadog's
   */
  readonly notifyEndStates?: DatadogDowntimeEndState[];

  /**
   * Which ends of the downtime are notified of.
   *
   * @default - Datadog's
   */
  readonly notifyEndTypes?: DatadogDowntimeEndType[];

  /**
   * Further fields of the API's downtime, for all that has no property here.
   *
   * @default - none
   * @see https://docs.datadoghq.com/api/latest/downtimes/#schedule-a-downtime
   */
  readonly additionalFields?: { readonly [name: string]: any };
}
