// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';
import { DatadogSite } from '../../datadog';

const COMMERCIAL_SITES = [DatadogSite.US1, DatadogSite.US3, DatadogSite.US5, DatadogSite.EU1, DatadogSite.AP1, DatadogSite.AP2, DatadogSite.UK1]
  .map(({ domain }) => domain);

/** What Datadog's page on Remote Configuration says of sites. */
export const REMOTE_CONFIGURATION_SOURCE = 'https://docs.datadoghq.com/remote_configuration/';

/** Whether a site is certainly none of Datadog for Government, https://docs.datadoghq.com/getting_started/site/. What this version does not know may be one. */
export function isCommercialSite({ domain }: DatadogSite): boolean {
  return COMMERCIAL_SITES.includes(domain);
}

/** Whether Agents take configuration from the pages of a site: those for governments have none. Undefined where the site is known at deployment only. */
export function hasRemoteConfiguration({ domain }: DatadogSite): boolean | undefined {
  const government = DatadogSite.US1_FED.domain;
  return Token.isUnresolved(domain) ? undefined : domain !== government && !domain.endsWith(`.${government}`);
}
