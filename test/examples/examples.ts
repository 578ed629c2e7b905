// SPDX-License-Identifier: Apache-2.0
import { App, Stack, StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledgeFindings as acknowledgeAlerts } from '../../examples/alerts/acknowledgements';
import { AlertsStack } from '../../examples/alerts/alerts-stack';
import { acknowledgeFindings as acknowledgeEc2Windows } from '../../examples/ec2-windows/acknowledgements';
import { Ec2WindowsStack } from '../../examples/ec2-windows/ec2-windows-stack';
import { acknowledgeFindings as acknowledgeEcsAnywhere } from '../../examples/ecs-anywhere/acknowledgements';
import { EcsAnywhereStack } from '../../examples/ecs-anywhere/ecs-anywhere-stack';
import { acknowledgeFindings as acknowledgeFargateReadOnly } from '../../examples/fargate-read-only/acknowledgements';
import { FargateReadOnlyStack } from '../../examples/fargate-read-only/fargate-read-only-stack';
import { acknowledgeFindings as acknowledgeFargateWindows } from '../../examples/fargate-windows/acknowledgements';
import { FargateWindowsStack } from '../../examples/fargate-windows/fargate-windows-stack';
import { acknowledgeFindings as acknowledgeManagedInstances } from '../../examples/managed-instances/acknowledgements';
import { ManagedInstancesStack } from '../../examples/managed-instances/managed-instances-stack';
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
  'quickstart': (app, { stackProps, withoutOwnAcknowledgements }) => {
    const stack = new QuickstartStack(app, 'Quickstart', stackProps);
    if (!withoutOwnAcknowledgements) {
      acknowledgeQuickstart(stack);
    }
  },
  'parts': (app, { stackProps, withoutOwnAcknowledgements }) => {
    const stack = new PartsStack(app, 'Parts', stackProps);
    if (!withoutOwnAcknowledgements) {
      acknowledgeParts(stack);
    }
    // Datadog assumes no role in China.
    if (!stack.region.startsWith('cn-')) {
      new IntegrationStack(app, 'DatadogIntegration', stackProps);
    }
  },
  'alerts': oneStack(AlertsStack, 'Alerts', acknowledgeAlerts),
  'ec2-windows': oneStack(Ec2WindowsStack, 'Ec2Windows', acknowledgeEc2Windows),
  'ecs-anywhere': oneStack(EcsAnywhereStack, 'EcsAnywhere', acknowledgeEcsAnywhere),
  'fargate-read-only': oneStack(FargateReadOnlyStack, 'FargateReadOnly', acknowledgeFargateReadOnly),
  'fargate-windows': oneStack(FargateWindowsStack, 'FargateWindows', acknowledgeFargateWindows),
  'managed-instances': oneStack(ManagedInstancesStack, 'ManagedInstances', acknowledgeManagedInstances),
};

/** An example of one stack. */
function oneStack(StackClass: new (scope: Construct, id: string, props?: StackProps) => Stack, id: string, acknowledge: (stack: Stack) => void) {
  return (app: App, { stackProps, withoutOwnAcknowledgements }: Variation) => {
    const stack = new StackClass(app, id, stackProps);
    if (!withoutOwnAcknowledgements) {
      acknowledge(stack);
    }
  };
}

export const EXAMPLE_NAMES = Object.keys(EXAMPLES);

/** One example as an app, synthesized: what the library adds while that happens is there. */
export function synthesize(name: string, variation: Variation = {}) {
  const app = new App({ context: variation.context });
  EXAMPLES[name](app, variation);
  return { app, assembly: app.synth() };
}
