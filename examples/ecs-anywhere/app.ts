// SPDX-License-Identifier: Apache-2.0
import { App } from 'aws-cdk-lib';
import { acknowledgeFindings } from './acknowledgements';
import { EcsAnywhereStack } from './ecs-anywhere-stack';

const app = new App();
acknowledgeFindings(new EcsAnywhereStack(app, 'EcsAnywhere'));
app.synth();
