// SPDX-License-Identifier: Apache-2.0
import { CustomResource, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DatadogCustomResourceOptions } from './datadog-custom-resource-options';
import { applicationKeyOf } from './resource-environment';
import { ResourceFunction, SERVICE_TIMEOUT } from './resource-function';
import { checkNetwork, checkNodeRuntime } from '../../../private/function-options';
import { DatadogAccount } from '../../account';
import { RenderedResource, ResourceDescription, ResourceKind, ResourceRenderer } from '../resource-description';

const TYPES: { readonly [kind in ResourceKind]: string } = {
  monitor: 'Custom::DatadogMonitor',
  slo: 'Custom::DatadogSlo',
  downtime: 'Custom::DatadogDowntime',
};

/**
 * The most bytes of a definition, as it stands in an event: a JSON text in JSON, where each quotation mark takes four bytes. CloudFormation calls the
 * function asynchronously, and such an event holds at least 256 KB; that of an update carries the old definition beside the new one.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const MAX_DEFINITION_BYTES = 120_000;

/** Keeps objects through the function in `lambda/datadog-resource`. */
export class CustomResourceRenderer implements ResourceRenderer {
  constructor(private readonly options: DatadogCustomResourceOptions) {
    checkNodeRuntime(options.runtime);
    checkNetwork(options);
    checkFunctionId(options.functionId);
  }

  public check({ datadog, kind, definition }: ResourceDescription): void {
    applicationKeyOf(datadog);
    const bytes = Buffer.byteLength(JSON.stringify(JSON.stringify(definition)));
    if (bytes > MAX_DEFINITION_BYTES) {
      throw new Error(`the ${kind} must have at most ${MAX_DEFINITION_BYTES} bytes as a JSON text in JSON, since an event of CloudFormation has no more room,`
        + ` got: ${bytes}`);
    }
  }

  public siteOf({ site: { domain } }: DatadogAccount): string | undefined {
    return Token.isUnresolved(domain) ? undefined : domain;
  }

  public checkIn(scope: Construct, { datadog }: ResourceDescription): void {
    ResourceFunction.check(Stack.of(scope), datadog, this.options);
  }

  public render(scope: Construct, { kind, datadog, definition, adoptId, removalPolicy }: ResourceDescription): RenderedResource {
    const policy = removalPolicy ?? (adoptId === undefined ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN);
    const { functionArn, eventInvokeConfig } = ResourceFunction.in(Stack.of(scope), datadog, this.options);
    const resource = new CustomResource(scope, 'CustomResource', {
      serviceToken: functionArn,
      serviceTimeout: SERVICE_TIMEOUT,
      resourceType: TYPES[kind],
      removalPolicy: policy,
      properties: {
        Kind: kind,
        Definition: Stack.of(scope).toJsonString(definition),
        ...(adoptId === undefined ? {} : { AdoptId: adoptId }),
        // What may stay in Datadog must not have the mark by which a later resource of the same name would find and delete it.
        OnDelete: policy === RemovalPolicy.DESTROY ? 'delete' : 'keep',
      },
    });
    resource.node.addDependency(eventInvokeConfig);
    return {
      id: resource.getAttString('Id'),
      numericId: Token.asNumber(resource.getAtt('Id')),
      url: resource.getAttString('Url'),
    };
  }
}

function checkFunctionId(functionId: string | undefined): void {
  if (functionId !== undefined && !/^[\w-]+$/.test(functionId)) {
    throw new Error(`'functionId' must be a part of a construct's id, of letters, digits, '-' and '_', got: '${functionId}'`);
  }
}
