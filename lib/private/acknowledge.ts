// SPDX-License-Identifier: Apache-2.0
import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * Says why findings of cdk-nag stand, each by its id. Only for constructs that this library made: on anything of the user's it would silence the
 * user's own findings.
 */
export function acknowledge(construct: IConstruct, ids: string[], reason: string): void {
  Validations.of(construct).acknowledge(...ids.map((id) => ({ id, reason })));
}

/** One rule as the packs HIPAA, NIST 800-53 r5 and PCI call it. */
export function inCompliancePacks(rule: string): string[] {
  return ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'].map((pack) => `${pack}-${rule}`);
}
