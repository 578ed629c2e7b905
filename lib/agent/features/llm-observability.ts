// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';
import { apm } from './apm';
import { FeatureDefinition } from './feature-definition';

/** Options of `AgentFeature.llmObservability`. */
export interface LlmObservabilityOptions {
  /**
   * The name that the calls of all applications are grouped under, `DD_LLMOBS_ML_APP`: lower-case letters, digits and `_-:./`, at most 193 characters. An
   * application's own value wins. Tracers for Python before 3.14 cannot do without.
   *
   * @see https://docs.datadoghq.com/llm_observability/instrumentation/sdk/#application-naming-guidelines
   * @default - each application's service
   */
  readonly mlApp?: string;
}

/** Letters of any script, without two underscores in a row or one at the end. */
const ML_APP = /^(?!.*__)(?!.*_$)[\p{L}\p{N}_\-:./]{1,193}$/u;

/** Tracers observe, and the Agent passes it on: https://docs.datadoghq.com/llm_observability/instrumentation/sdk/. The Agent has no switch for it. */
export const llmObservability: FeatureDefinition<LlmObservabilityOptions> = {
  name: 'llm-observability',
  needs: [apm.name],

  bind({ mlApp }) {
    if (mlApp !== undefined && !Token.isUnresolved(mlApp) && (!ML_APP.test(mlApp) || mlApp !== mlApp.toLowerCase())) {
      throw new Error("'mlApp' must be at most 193 lower-case letters, digits and '_-:./', without two underscores in a row or one at the end, "
        + `got: '${mlApp}'`);
    }
    return {
      applicationEnvironment: {
        DD_LLMOBS_ENABLED: 'true',
        // Through the Agent, which has the key.
        DD_LLMOBS_AGENTLESS_ENABLED: 'false',
        ...(mlApp === undefined ? {} : { DD_LLMOBS_ML_APP: mlApp }),
      },
    };
  },
};
