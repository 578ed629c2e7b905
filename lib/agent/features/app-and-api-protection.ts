// SPDX-License-Identifier: Apache-2.0
import { apm } from './apm';
import { FeatureDefinition } from './feature-definition';

/** Options of `AgentFeature.appAndApiProtection`. */
export interface AppAndApiProtectionOptions {
  /**
   * Whether the endpoints of applications and the schemas of their requests are found out, `DD_API_SECURITY_ENABLED`. .NET wants it said.
   *
   * @see https://docs.datadoghq.com/security/application_security/api-inventory/
   * @default - the tracer's own, true in most languages
   */
  readonly apiSecurity?: boolean;
}

/** Tracers detect, and the trace Agent passes it on: https://docs.datadoghq.com/security/application_security/setup/. The Agent has no switch for it. */
export const appAndApiProtection: FeatureDefinition<AppAndApiProtectionOptions> = {
  name: 'app-and-api-protection',
  needs: [apm.name],

  bind({ apiSecurity }) {
    return {
      applicationEnvironment: {
        DD_APPSEC_ENABLED: 'true',
        ...(apiSecurity === undefined ? {} : { DD_API_SECURITY_ENABLED: String(apiSecurity) }),
      },
    };
  },
};
