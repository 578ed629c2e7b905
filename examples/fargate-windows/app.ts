// SPDX-License-Identifier: Apache-2.0
import { App } from 'aws-cdk-lib';
import { acknowledgeFindings } from './acknowledgements';
import { FargateWindowsStack } from './fargate-windows-stack';

const app = new App();
acknowledgeFindings(new FargateWindowsStack(app, 'FargateWindows'));
app.synth();
