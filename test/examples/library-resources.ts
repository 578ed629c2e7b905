// SPDX-License-Identifier: Apache-2.0
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { libraryOwner } from './library-owner';

/** What the library changes outside of its own constructs, or adds beside those of the user. */
const TOUCHED = ['AWS::ECS::TaskDefinition', 'AWS::Logs::SubscriptionFilter'];

/** The properties of all resources that are the library's or hold something of it, by construct path. */
export function libraryResources({ app, assembly }: { app: App; assembly: CloudAssembly }): { readonly [path: string]: unknown } {
  const resources = app.node.findAll().filter((construct): construct is CfnResource => CfnResource.isCfnResource(construct))
    .filter((resource) => libraryOwner(resource) || TOUCHED.includes(resource.cfnResourceType));
  return Object.fromEntries(resources.map((resource) => {
    const stack = Stack.of(resource);
    const { Properties } = assembly.getStackArtifact(stack.artifactId).template.Resources[stack.resolve(resource.logicalId)];
    return [resource.node.path, normalize(Properties)];
  }));
}

/** What ECS assumes anyway, and CDK writes down without the flag for explicit deployment controllers or alarms. */
const DEFAULTS: { readonly [property: string]: unknown } = {
  Alarms: { AlarmNames: [], Enable: false, Rollback: false },
  DeploymentController: { Type: 'ECS' },
};

/** Statements one by one: the flag `@aws-cdk/aws-iam:minimizePolicies` only writes them differently. */
function normalize(value: any): any {
  if (Array.isArray(value)) {
    return value.map(normalize);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value).filter(([name, child]) => JSON.stringify(DEFAULTS[name]) !== JSON.stringify(child)).map(([name, child]) => [name, name === 'Statement' ? singleStatements(child as any[]) : normalize(child)]);
  return Object.fromEntries(entries);
}

function singleStatements(statements: any[]): string[] {
  return statements.flatMap(({ Action, Resource, ...rest }) =>
    listed(Action).flatMap((action) => listed(Resource).map((resource) => JSON.stringify([action, resource, rest])))).sort();
}

function listed(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}
