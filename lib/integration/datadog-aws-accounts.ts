// SPDX-License-Identifier: Apache-2.0
import { DatadogSite } from '../datadog';

/**
 * The AWS accounts that Datadog reads from, by site and by the partition of the account that is read. What is not listed is not offered
 * by Datadog: a commercial site cannot assume a role in GovCloud, and no site can in China.
 *
 * @see https://docs.datadoghq.com/integrations/guide/aws-manual-setup/
 */
const DATADOG_ACCOUNTS: { readonly [site: string]: { readonly [partition: string]: string } } = {
  [DatadogSite.US1.domain]: { aws: '464622532012' },
  [DatadogSite.US3.domain]: { aws: '464622532012' },
  [DatadogSite.US5.domain]: { aws: '464622532012' },
  [DatadogSite.EU1.domain]: { aws: '464622532012' },
  [DatadogSite.AP1.domain]: { aws: '417141415827' },
  [DatadogSite.AP2.domain]: { aws: '412381753143' },
  [DatadogSite.UK1.domain]: { aws: '117348461845' },
  [DatadogSite.US1_FED.domain]: { 'aws': '392588925713', 'aws-us-gov': '065115117704' },
  [DatadogSite.US2_FED.domain]: { 'aws': '382742775718', 'aws-us-gov': '486737091498' },
};

/** Datadog's accounts for a site, by partition; undefined where the site is a token or unknown to this version. */
export function datadogAwsAccounts(site: DatadogSite): { readonly [partition: string]: string } | undefined {
  return DATADOG_ACCOUNTS[site.domain];
}
