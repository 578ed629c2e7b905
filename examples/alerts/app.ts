// SPDX-License-Identifier: Apache-2.0
import { App } from 'aws-cdk-lib';
import { acknowledgeFindings } from './acknowledgements';
import { AlertsStack } from './alerts-stack';

const app = new App();
acknowledgeFindings(new AlertsStack(app, 'Alerts'));
app.synth();
