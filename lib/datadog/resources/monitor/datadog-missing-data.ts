// SPDX-License-Identifier: Apache-2.0

/**
 * What a monitor makes of an evaluation without data, `on_missing_data` in the API.
 *
 * @see https://docs.datadoghq.com/monitors/configuration/#no-data
 */
export enum DatadogMissingData {
  /** A query that counts or sums is taken to be 0; any other one keeps its last status. */
  DEFAULT = 'default',

  /** The status becomes `NO DATA`, and nobody is notified. */
  SHOW_NO_DATA = 'show_no_data',

  /** The status becomes `NO DATA`, and a notification says so. */
  SHOW_AND_NOTIFY_NO_DATA = 'show_and_notify_no_data',

  /** An alert ends. */
  RESOLVE = 'resolve',
}
