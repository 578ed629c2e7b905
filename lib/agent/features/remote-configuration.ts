// SPDX-License-Identifier: Apache-2.0
import { FeatureDefinition } from './feature-definition';
import { REMOTE_CONFIGURATION_SOURCE, hasRemoteConfiguration } from './government-sites';

/** On by default in the Agent, except on the sites for governments. */
export const remoteConfiguration: FeatureDefinition<object> = {
  name: 'remote-configuration',
  disabledEnvironment: { DD_REMOTE_CONFIGURATION_ENABLED: 'false' },

  bind(_options, { datadog: { site } }) {
    const isThere = hasRemoteConfiguration(site);
    if (isThere === false) {
      throw new Error(`'features' must not hold 'remote-configuration' for '${site.domain}', since Datadog for Government has none `
        + `(${REMOTE_CONFIGURATION_SOURCE})`);
    }
    // An Agent that is told so would ask on any site; left alone, it knows those that have none.
    return isThere ? { environment: { DD_REMOTE_CONFIGURATION_ENABLED: 'true' } } : {};
  },
};
