// SPDX-License-Identifier: Apache-2.0
import { CfnResource, RemovalPolicy, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { PUBLIC_TYPES } from './public-types';
import { typeProperties } from './type-properties';
import { RenderedResource, ResourceDescription, ResourceRenderer } from '../resource-description';

/** Keeps objects through Datadog's public CloudFormation types. */
export class CloudFormationTypeRenderer implements ResourceRenderer {
  public check(description: ResourceDescription): void {
    const { typeName, refused } = express(description);
    if (refused.length > 0) {
      throw new Error(`${typeName} cannot express: ${refused.join(', ')}. Use DatadogBackend.customResource()`);
    }
  }

  public siteOf(): undefined {
    return undefined;
  }

  public checkIn(): void {
    // A type is the same everywhere.
  }

  public render(scope: Construct, description: ResourceDescription): RenderedResource {
    const { typeName, properties } = express(description);
    const resource = new CfnResource(scope, 'CloudFormationType', { type: typeName, properties });
    resource.applyRemovalPolicy(description.removalPolicy ?? RemovalPolicy.DESTROY);
    const id = resource.getAtt('Id');
    return { id: Token.asString(id), numericId: Token.asNumber(id) };
  }
}

interface Expressed {
  readonly typeName: string;
  readonly properties: { readonly [name: string]: any };
  readonly refused: string[];
}

function express({ kind, definition, adoptId }: ResourceDescription): Expressed {
  const type = PUBLIC_TYPES[kind];
  if (!type) {
    return { typeName: 'Datadog\'s public CloudFormation types', properties: {}, refused: [`a ${kind}`] };
  }
  const refused = adoptId === undefined ? [] : ['adoptId (`cdk import` does it)'];
  return { typeName: type.typeName, properties: typeProperties(definition, type.schema, '', refused), refused };
}
