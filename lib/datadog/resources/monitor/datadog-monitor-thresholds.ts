// SPDX-License-Identifier: Apache-2.0

/**
 * When a monitor alerts, warns and recovers. Which side of a number is bad, the comparison in the query says.
 *
 * @see https://docs.datadoghq.com/monitors/configuration/#set-alert-conditions
 */
export interface DatadogMonitorThresholds {
  /**
   * The value that alerts. Where the query ends in a comparison it is the number there; a service check counts checks in a row.
   *
   * @default - the number in the query
   */
  readonly critical?: number;

  /**
   * The value at which an alert ends.
   *
   * @default - the alert ends where it began
   */
  readonly criticalRecovery?: number;

  /**
   * The value that warns, before `critical` is reached.
   *
   * @default - no warning
   */
  readonly warning?: number;

  /**
   * The value at which a warning ends.
   *
   * @default - the warning ends where it began
   */
  readonly warningRecovery?: number;

  /**
   * For service checks: how many good ones in a row end an alert.
   *
   * @default - Datadog's
   */
  readonly ok?: number;

  /**
   * For service checks: how many checks of unknown status in a row count as unknown.
   *
   * @default - Datadog's
   */
  readonly unknown?: number;
}
