// SPDX-License-Identifier: Apache-2.0
import { apm } from './apm';
import { FeatureDefinition } from './feature-definition';

/** Tracers profile, and the trace Agent passes profiles on: https://docs.datadoghq.com/profiler/enabling/. The Agent has no switch for it. */
export const profiling: FeatureDefinition<object> = {
  name: 'profiling',
  needs: [apm.name],

  bind() {
    return { applicationEnvironment: { DD_PROFILING_ENABLED: 'true' } };
  },
};
