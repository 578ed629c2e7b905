// SPDX-License-Identifier: Apache-2.0
import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';
import { IConstruct } from 'constructs';

export const PACKS = [AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks];

/** Something that cdk-nag finds, at the resource that it looked at. */
export interface Finding {
  readonly rule: string;
  readonly path: string;
}

/** What somebody said of a finding, at a construct that the resource is, or is in. */
export interface Acknowledgement extends Finding {
  readonly reason: string;
  readonly construct: IConstruct;
}

/** All findings of all packs that nobody acknowledged. The packs are asked directly: as plugins they need a newer aws-cdk-lib than the lowest that we support. */
export function findingsIn(scope: IConstruct): Finding[] {
  const violations = PACKS.flatMap((Pack) => new Pack(scope).validateScope(scope).violations);
  return violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => ({ rule: ruleName, path: constructPath ?? '' })));
}

export function acknowledgementsIn(scope: IConstruct): Acknowledgement[] {
  return scope.node.findAll().flatMap((construct) => {
    // A second call on the same construct repeats the first one's entries.
    const reasons: { [id: string]: string } = Object.assign({}, ...entriesOf(construct).map(({ data }) => data));
    // aws-cdk-lib puts `annotation::` in front, in newer versions `Annotation::`.
    return Object.entries(reasons).map(([id, reason]) => ({ rule: id.replace(/^annotation::/i, ''), path: construct.node.path, reason, construct }));
  });
}

/** Acknowledgements that silence nothing, found by taking all of them back. */
export function unusedAcknowledgementsIn(scope: IConstruct): string[] {
  const acknowledgements = acknowledgementsIn(scope);
  forgetAcknowledgements(scope);
  const found = findingsIn(scope);
  const isUsed = ({ rule, path }: Finding) => found.some((finding) => finding.rule === rule && `${finding.path}/`.startsWith(`${path}/`));
  return acknowledgements.filter((acknowledgement) => !isUsed(acknowledgement)).map(({ rule, path }) => `${rule} at ${path}`);
}

/** Nothing in aws-cdk-lib offers this. */
function forgetAcknowledgements(scope: IConstruct): void {
  for (const construct of scope.node.findAll()) {
    const forgotten = entriesOf(construct);
    if (forgotten.length > 0) {
      (construct.node as unknown as { _metadata: unknown[] })._metadata = construct.node.metadata.filter((entry) => !forgotten.includes(entry));
    }
  }
}

function entriesOf(construct: IConstruct) {
  return construct.node.metadata.filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
}
