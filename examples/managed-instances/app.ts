// SPDX-License-Identifier: Apache-2.0
import { App } from 'aws-cdk-lib';
import { acknowledgeFindings } from './acknowledgements';
import { ManagedInstancesStack } from './managed-instances-stack';

const app = new App();
acknowledgeFindings(new ManagedInstancesStack(app, 'ManagedInstances'));
app.synth();
