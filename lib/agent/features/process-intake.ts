// SPDX-License-Identifier: Apache-2.0
import { DatadogAccount } from '../../datadog';

/** A replaced intake for processes, which containers and network connections are sent to as well. */
export function processIntake({ endpoints }: DatadogAccount): { [name: string]: string } {
  return endpoints.processes ? { DD_PROCESS_CONFIG_PROCESS_DD_URL: endpoints.processes } : {};
}
