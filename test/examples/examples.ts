// SPDX-License-Identifier: Apache-2.0
import { App, StackProps } from 'aws-cdk-lib';
import { acknowledgeFindings as acknowledgeParts } from '../../examples/parts/acknowledgements';
import { IntegrationStack } from '../../examples/parts/integration-stack';
import { PartsStack, PartsStackProps } from '../../examples/parts/parts-stack';
import { acknowledgeFindings as acknowledgeQuickstart } from '../../examples/quickstart/acknowledgements';
import { QuickstartStack } from '../../examples/quickstart/quickstart-stack';

/** How an example is built besides what its `app.ts` says. */
export interface Variation {
  readonly context?: Record<string, unknown>;
  readonly stackProps?: StackProps & PartsStackProps;
  /** Without what the example itself says to cdk-nag, so that only the library's is left. */
  readonly withoutOwnAcknowledgements?: boolean;
}

/** What the `app.ts` of each example does; a test compares. */
const EXAMPLES: { readonly [name: string]: (app: App, variation: Variation) => void } = {
  quickstart: (app, { stackProps, withoutOwnAcknowledgements }) => {
    const stack = new QuickstartStack(app, 'Quickstart', stackProps);
    if (!withoutOwnAcknowledgements) {
      acknowledgeQuickstart(stack);
    }
  },
  parts: (app, { stackProps, withoutOwnAcknowledgements }) => {
    const stack = new PartsStack(app, 'Parts', stackProps);
    if (!withoutOwnAcknowledgements) {
      acknowledgeParts(stack);
    }
    // Datadog assumes no role in China.
    if (!stack.region.startsWith('cn-')) {
      new IntegrationStack(app, 'DatadogIntegration', stackProps);
    }
  },
};

export const EXAMPLE_NAMES = Object.keys(EXAMPLES);

/** One example as an app, synthesized: what the library adds while that happens is there. */
export function synthesize(name: string, variation: Variation = {}) {
  const app = new App({ context: variation.context });
  EXAMPLES[name](app, variation);
  return { app, assembly: app.synth() };
}
