// SPDX-License-Identifier: Apache-2.0
import { Stack, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

const PACKS = ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'];

/** Says why a finding of cdk-nag on one of an example's own constructs stands. The library speaks for what it makes itself. */
export function acknowledge(stack: Stack, path: string, ids: string[], reason: string): void {
  const construct = path.split('/').reduce<IConstruct>((scope, id) => scope.node.findChild(id), stack);
  Validations.of(construct).acknowledge(...ids.map((id) => ({ id, reason })));
}

/** One rule as each of the packs names it that has it. */
export function inPacks(rule: string): string[] {
  return PACKS.map((pack) => `${pack}-${rule}`);
}
