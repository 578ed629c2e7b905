// SPDX-License-Identifier: Apache-2.0
import { App, Stack, StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { DatadogAccount, DatadogAccountProps, DatadogSecret } from '../../../lib/datadog';
import { unparsedIn } from '../official-models';

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

/** What the custom resources of a type are told. Each definition has passed the official client's model. */
export function customResources(stack: Stack, type: keyof typeof MODELS): RenderedCustomResource[] {
  return Object.entries(Template.fromStack(stack).findResources(type)).map(([logicalId, { Properties: properties }]: [string, any]) => {
    const definition = JSON.parse(textOf(properties.Definition));
    const { model, wrap } = MODELS[type];
    expect(unparsedIn(model, wrap(definition))).toEqual([]);
    return { logicalId, properties, definition };
  });
}

/** The only definition of a type. */
export function definitionIn(stack: Stack, type: keyof typeof MODELS): any {
  const resources = customResources(stack, type);
  expect(resources).toHaveLength(1);
  return resources[0].definition;
}

const MODELS = {
  'Custom::DatadogMonitor': { model: 'Monitor', wrap: (definition: unknown) => definition },
  'Custom::DatadogSlo': { model: 'ServiceLevelObjectiveRequest', wrap: (definition: unknown) => definition },
  'Custom::DatadogDowntime': { model: 'DowntimeCreateRequest', wrap: (attributes: unknown) => ({ data: { type: 'downtime', attributes } }) },
};

/** A text with 4711 in place of all that only the deployment knows, so that JSON stays JSON. */
export function textOf(value: any): string {
  if (typeof value === 'string') {
    return value;
  }
  return value['Fn::Join'][1].map((part: any) => (typeof part === 'string' ? part : '4711')).join('');
}
