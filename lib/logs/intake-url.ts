// SPDX-License-Identifier: Apache-2.0

/** Path of the logs intake, version 2, https://docs.datadoghq.com/api/latest/logs/#send-logs. */
const INTAKE_PATH = '/api/v2/logs';

/**
 * The whole intake URL from an address that may lack the path. Tokens hold no slash, so a host that is known at deployment only is fine;
 * an address that is one token as a whole is taken as it is.
 */
export function intakeUrl(address: string): string {
  return /^https?:\/\/[^/?#]+\/?$/.test(address) ? address.replace(/\/$/, '') + INTAKE_PATH : address;
}
