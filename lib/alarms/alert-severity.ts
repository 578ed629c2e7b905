// SPDX-License-Identifier: Apache-2.0

/**
 * How bad it is when a rule fires. It stands in what is written to people, and is the monitor's priority in Datadog, unless a rule says another one.
 */
export enum AlertSeverity {
  /** Somebody has to act at once. Priority 1 in Datadog. */
  CRITICAL = 'critical',

  /** Something is broken. Priority 2 in Datadog. */
  HIGH = 'high',

  /** Something will break. Priority 3 in Datadog. */
  MEDIUM = 'medium',

  /** Somebody should look at it in working hours. Priority 4 in Datadog. */
  LOW = 'low',

  /** Good to know. Priority 5 in Datadog. */
  INFO = 'info',
}

/** The names are those that Datadog gives to its priorities: https://docs.datadoghq.com/monitors/configuration/#metadata */
export const PRIORITY_OF: { readonly [severity in AlertSeverity]: number } = {
  [AlertSeverity.CRITICAL]: 1,
  [AlertSeverity.HIGH]: 2,
  [AlertSeverity.MEDIUM]: 3,
  [AlertSeverity.LOW]: 4,
  [AlertSeverity.INFO]: 5,
};
