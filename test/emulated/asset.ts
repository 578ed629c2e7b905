// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { DatadogAccount, DatadogSecret, LogForwarder } from '../../lib';

/** What a deployment would give to Lambda. */
export interface SynthesizedFunction {
  readonly codeDirectory: string;
  readonly handler: string;
  readonly timeoutSeconds: number;
  /** References stand for what only a deployment knows. */
  readonly environment: { readonly [name: string]: unknown };
}

export function synthesizeForwarder(outdir: string, key: 'secret' | 'parameter'): SynthesizedFunction {
  const app = new App({ outdir, analyticsReporting: false });
  const stack = new Stack(app, 'Emulated');
  const apiKey = key === 'secret'
    ? DatadogSecret.fromSecretsManager(secretsmanager.Secret.fromSecretNameV2(stack, 'Key', 'datadog'), 'api-key')
    : DatadogSecret.fromSsmParameter(ssm.StringParameter.fromSecureStringParameterAttributes(stack, 'Key', { parameterName: '/datadog/key' }));
  new LogForwarder(stack, 'Forwarder', { datadog: new DatadogAccount({ apiKey }), env: 'prod' });
  const { directory } = app.synth();
  const [resource] = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function', { Properties: { Handler: 'index.handler' } }));
  const { Code, Handler, Timeout, Environment } = resource.Properties;
  return {
    codeDirectory: join(directory, `asset.${String(Code.S3Key).replace(/\.zip$/, '')}`),
    handler: Handler,
    timeoutSeconds: Timeout,
    environment: Environment.Variables,
  };
}
