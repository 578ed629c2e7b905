// SPDX-License-Identifier: Apache-2.0
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, AppProps, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import { DatadogAccount, DatadogSecret } from '../../lib/datadog';
import { LogForwarder, LogForwarderProps } from '../../lib/logs';

export const KEY_ARN = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf';
export const image = ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/redis:7');

const outdirs: string[] = [];
afterAll(() => outdirs.splice(0).forEach((outdir) => fs.rmSync(outdir, { recursive: true, force: true })));

/** An app that leaves nothing behind. */
export function newApp(props: AppProps = {}): App {
  const outdir = props.outdir ?? fs.mkdtempSync(path.join(os.tmpdir(), 'logs-test-'));
  outdirs.push(outdir);
  return new App({ analyticsReporting: false, ...props, outdir });
}

export function account(scope: Construct): DatadogAccount {
  return new DatadogAccount({ apiKey: DatadogSecret.fromSecretsManager(secretsmanager.Secret.fromSecretCompleteArn(scope, 'ApiKey', KEY_ARN)) });
}

export function forwarderIn(stack: Construct, props: Partial<LogForwarderProps> = {}): LogForwarder {
  return new LogForwarder(stack, 'Forwarder', { datadog: account(stack), ...props });
}

export function awslogs(prefix = 'app'): ecs.LogDriver {
  return ecs.LogDrivers.awsLogs({ streamPrefix: prefix });
}

/** The forwarder's code as the template refers to it, and what lies there. */
export function codeOf(stack: Stack, assembly: CloudAssembly): { readonly hash: string; readonly files: string[]; readonly identities: any } {
  const template = Template.fromStack(stack);
  const handler: any = Object.values(template.findResources('AWS::Lambda::Function', { Properties: { Handler: 'index.handler' } }))[0];
  const hash = String(handler.Properties.Code.S3Key).replace(/\.zip$/, '');
  const directory = path.join(assembly.directory, `asset.${hash}`);
  const files = fs.readdirSync(directory).sort();
  const json = path.join(directory, 'identities.json');
  return { hash, files, identities: fs.existsSync(json) ? JSON.parse(fs.readFileSync(json, 'utf8')) : undefined };
}

/** Synthesizes and reads what the forwarder of a stack knows. */
export function identitiesOf(app: App, stack: Stack): any {
  return codeOf(stack, app.synth()).identities;
}

export function filtersOf(stack: Stack): Array<{ readonly id: string; readonly properties: any; readonly dependsOn?: string[] }> {
  return Object.entries(Template.fromStack(stack).findResources('AWS::Logs::SubscriptionFilter'))
    .map(([id, { Properties, DependsOn }]: [string, any]) => ({ id, properties: Properties, dependsOn: DependsOn }));
}
