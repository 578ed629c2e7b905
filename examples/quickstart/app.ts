// SPDX-License-Identifier: Apache-2.0
import { App } from 'aws-cdk-lib';
import { acknowledgeFindings } from './acknowledgements';
import { QuickstartStack } from './quickstart-stack';

const app = new App();
acknowledgeFindings(new QuickstartStack(app, 'Quickstart'));
app.synth();
