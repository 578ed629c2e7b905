// SPDX-License-Identifier: Apache-2.0
import { CustomResource, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DatadogCustomResourceOptions } from './datadog-custom-resource-options';
import { resourceFunction, RESOURCE_SERVICE_TIMEOUT } from './resource-function';
import { RenderedResource, ResourceDescription, ResourceKind, ResourceRenderer } from '../resource-description';

const TYPES: { readonly [kind in ResourceKind]: string } = {
  monitor: 'Custom::DatadogMonitor',
  slo: 'Custom::DatadogSlo',
  downtime: 'Custom::DatadogDowntime',
};

/** Keeps objects through the function in `lambda/datadog-resource`. */
export class CustomResourceRenderer implements ResourceRenderer {
  constructor(private readonly options: DatadogCustomResourceOptions) {}

  public check({ datadog }: ResourceDescription): void {
    if (!datadog.applicationKey) {
      throw new Error("the DatadogAccount needs an application key to keep objects in Datadog, got: none. Add "
        + "'applicationKey: DatadogSecret.fromSecretsManager(secret, '<field>')' to its properties");
    }
  }

  public render(scope: Construct, { kind, datadog, definition, adoptId, removalPolicy }: ResourceDescription): RenderedResource {
    const policy = removalPolicy ?? (adoptId === undefined ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN);
    const resource = new CustomResource(scope, 'CustomResource', {
      serviceToken: resourceFunction(Stack.of(scope), datadog, this.options).functionArn,
      serviceTimeout: RESOURCE_SERVICE_TIMEOUT,
      resourceType: TYPES[kind],
      removalPolicy: policy,
      properties: {
        Kind: kind,
        Definition: Stack.of(scope).toJsonString(definition),
        ...(adoptId === undefined ? {} : { AdoptId: adoptId }),
        OnDelete: policy === RemovalPolicy.RETAIN ? 'keep' : 'delete',
      },
    });
    return {
      id: resource.getAttString('Id'),
      numericId: Token.asNumber(resource.getAtt('Id')),
      url: resource.getAttString('Url'),
    };
  }
}
