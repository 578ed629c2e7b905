// SPDX-License-Identifier: Apache-2.0
import { FeatureDefinition } from './feature-definition';
import { onWindows } from './unsupported';
import { DatadogSite } from '../../datadog';
import { AgentImageFlavor } from '../agent-image-flavor';

const SOURCE = 'https://docs.datadoghq.com/agent/configuration/fips-compliance/';

/** Sites whose intake is not validated. What this version does not know may be a new one for governments. */
const COMMERCIAL_SITES = [DatadogSite.US1, DatadogSite.US3, DatadogSite.US5, DatadogSite.EU1, DatadogSite.AP1, DatadogSite.AP2, DatadogSite.UK1]
  .map(({ domain }) => domain);

/** There is no setting for it: the image is another one. */
export const fips: FeatureDefinition<object> = {
  name: 'fips',
  unsupported: onWindows({ reason: 'Datadog documents it for images of Linux', source: SOURCE }),

  bind(_options, { datadog }) {
    if (COMMERCIAL_SITES.includes(datadog.site.domain)) {
      throw new Error(`'site' must be one of Datadog for Government with AgentFeature.fips(), such as DatadogSite.US1_FED (${SOURCE}), `
        + `got: '${datadog.site.domain}'`);
    }
    return { imageFlavor: AgentImageFlavor.FIPS };
  },
};
