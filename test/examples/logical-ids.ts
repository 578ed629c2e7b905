// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { synthesize } from './examples';

export type LogicalIds = { readonly [stack: string]: { readonly [logicalId: string]: string } };

/** The type of every resource of an example, by stack and logical id. */
export function logicalIdsOf(name: string): LogicalIds {
  const { assembly } = synthesize(name);
  return Object.fromEntries(assembly.stacks.map(({ id, template }) => {
    const resources = Object.entries<{ Type: string }>(template.Resources).filter(([, { Type }]) => Type !== 'AWS::CDK::Metadata');
    return [id, Object.fromEntries(resources.map(([logicalId, { Type }]) => [logicalId, Type]).sort(([a], [b]) => (a < b ? -1 : 1)))];
  }));
}

export function logicalIdsFile(name: string): string {
  return join(__dirname, 'logical-ids', `${name}.json`);
}
