// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';
import { FeatureDefinition } from './feature-definition';
import { isGovernmentSite } from './government-sites';

const SOURCE = 'https://docs.datadoghq.com/remote_configuration/';

/** On by default in the Agent, except on the sites for governments. */
export const remoteConfiguration: FeatureDefinition<object> = {
  name: 'remote-configuration',
  disabledEnvironment: { DD_REMOTE_CONFIGURATION_ENABLED: 'false' },

  bind(_options, { datadog: { site } }) {
    if (isGovernmentSite(site)) {
      throw new Error(`'features' must not hold 'remote-configuration' for '${site.domain}', since Datadog for Government has none (${SOURCE})`);
    }
    // An Agent that is told so would ask on any site; left alone, it knows those that have none.
    return Token.isUnresolved(site.domain) ? {} : { environment: { DD_REMOTE_CONFIGURATION_ENABLED: 'true' } };
  },
};
