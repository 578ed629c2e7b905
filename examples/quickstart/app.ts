// SPDX-License-Identifier: Apache-2.0
import { App } from 'aws-cdk-lib';
import { QuickstartStack } from './quickstart-stack';

const app = new App();
new QuickstartStack(app, 'Quickstart');
app.synth();
