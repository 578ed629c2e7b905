// SPDX-License-Identifier: Apache-2.0
import { FeatureDefinition } from './feature-definition';
import { isCommercialSite } from './government-sites';
import { onWindows } from './unsupported';
import { AgentImageFlavor } from '../agent-image-flavor';

const SOURCE = 'https://docs.datadoghq.com/agent/configuration/fips-compliance/';

/** There is no setting for it: the image is another one. */
export const fips: FeatureDefinition<object> = {
  name: 'fips',
  unsupported: onWindows({ reason: 'Datadog documents it for images of Linux', source: SOURCE }),

  bind(_options, { datadog }) {
    // The intake of those is not validated.
    if (isCommercialSite(datadog.site)) {
      throw new Error(`'site' must be one of Datadog for Government with AgentFeature.fips(), such as DatadogSite.US1_FED (${SOURCE}), `
        + `got: '${datadog.site.domain}'`);
    }
    return { imageFlavor: AgentImageFlavor.FIPS };
  },
};
