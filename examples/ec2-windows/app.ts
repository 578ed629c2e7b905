// SPDX-License-Identifier: Apache-2.0
import { App } from 'aws-cdk-lib';
import { acknowledgeFindings } from './acknowledgements';
import { Ec2WindowsStack } from './ec2-windows-stack';

const app = new App();
acknowledgeFindings(new Ec2WindowsStack(app, 'Ec2Windows'));
app.synth();
