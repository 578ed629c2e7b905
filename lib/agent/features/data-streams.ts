// SPDX-License-Identifier: Apache-2.0
import { apm } from './apm';
import { FeatureDefinition } from './feature-definition';

/** Tracers measure, and the trace Agent passes it on: https://docs.datadoghq.com/data_streams/setup/. The Agent has no switch for it. */
export const dataStreams: FeatureDefinition<object> = {
  name: 'data-streams',
  needs: [apm.name],

  bind() {
    return { applicationEnvironment: { DD_DATA_STREAMS_ENABLED: 'true' } };
  },
};
