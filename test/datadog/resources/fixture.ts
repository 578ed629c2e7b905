// SPDX-License-Identifier: Apache-2.0
import { App, Stack, StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { DatadogAccount, DatadogAccountProps, DatadogSecret } from '../../../lib/datadog';

export const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf';

export function newStack(id = 'Stack', app = new App({ analyticsReporting: false }), props: StackProps = {}): Stack {
  return new Stack(app, id, props);
}

/** An account with both keys in one secret. */
export function accountIn(scope: Construct, props: Partial<DatadogAccountProps> = {}, id = 'Keys'): DatadogAccount {
  const secret = secretsmanager.Secret.fromSecretCompleteArn(scope, id, SECRET_ARN);
  return new DatadogAccount({
    apiKey: DatadogSecret.fromSecretsManager(secret, 'api-key'),
    applicationKey: DatadogSecret.fromSecretsManager(secret, 'app-key'),
    ...props,
  });
}

export interface RenderedCustomResource {
  readonly logicalId: string;
  readonly properties: any;
  /** `Definition` read as JSON. */
  readonly definition: any;
}

/** What the custom resources of a type are told. */
export function customResources(stack: Stack, type: string): RenderedCustomResource[] {
  return Object.entries(Template.fromStack(stack).findResources(type)).map(([logicalId, { Properties: properties }]: [string, any]) => ({
    logicalId, properties, definition: JSON.parse(textOf(properties.Definition)),
  }));
}

/** A text with numbers of its own in place of what only the deployment knows, so that JSON stays JSON. */
export function textOf(value: any): string {
  if (typeof value === 'string') {
    return value;
  }
  return value['Fn::Join'][1].map((part: any) => (typeof part === 'string' ? part : '4711')).join('');
}
