// SPDX-License-Identifier: Apache-2.0
import { App } from 'aws-cdk-lib';
import { acknowledgeFindings } from './acknowledgements';
import { FargateReadOnlyStack } from './fargate-read-only-stack';

const app = new App();
acknowledgeFindings(new FargateReadOnlyStack(app, 'FargateReadOnly'));
app.synth();
