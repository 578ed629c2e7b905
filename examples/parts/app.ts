// SPDX-License-Identifier: Apache-2.0
import { App } from 'aws-cdk-lib';
import { acknowledgeFindings } from './acknowledgements';
import { IntegrationStack } from './integration-stack';
import { PartsStack } from './parts-stack';

const app = new App();
acknowledgeFindings(new PartsStack(app, 'Parts'));
new IntegrationStack(app, 'DatadogIntegration');
app.synth();
