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

/**
 * The same for findings whose id `Validations` refuses: the ARN of the resource that they are about has pseudo parameters, such as `<AWS::Region>`, and two
 * colons are to part the id from its prefix. What is written is the same; cdk-nag reads it whatever the id. Saying it again changes nothing.
 */
export function acknowledgeVerbatim(construct: IConstruct, ids: string[], reason: string): void {
  const type = Validations.ACKNOWLEDGED_RULES_METADATA_KEY;
  const said = construct.node.metadata.filter((entry) => entry.type === type).flatMap(({ data }) => Object.keys(data));
  const missing = ids.map((id) => `annotation::${id}`).filter((id) => !said.includes(id));
  if (missing.length > 0) {
    construct.node.addMetadata(type, Object.fromEntries(missing.map((id) => [id, reason])));
  }
}

/** One rule as the packs HIPAA, NIST 800-53 r5 and PCI call it. */
export function inCompliancePacks(rule: string): string[] {
  return ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'].map((pack) => `${pack}-${rule}`);
}
