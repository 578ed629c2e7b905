// SPDX-License-Identifier: Apache-2.0
import { DatadogSite } from '../../datadog';

/** Whether a site is one of Datadog for Government, https://docs.datadoghq.com/getting_started/site/. A token is not known to be one. */
export function isGovernmentSite({ domain }: DatadogSite): boolean {
  return domain === DatadogSite.US1_FED.domain || domain.endsWith(`.${DatadogSite.US1_FED.domain}`);
}
