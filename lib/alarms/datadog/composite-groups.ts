// SPDX-License-Identifier: Apache-2.0

/** A rule of a composite, and what the groups of its monitor are of. */
export interface GroupedRule {
  readonly id: string;
  /** Empty: it has one state, which goes with any group. */
  readonly groups: readonly string[];
}

/**
 * Why monitors have no composite result, if so. Datadog judges a composite, with `&&` as with `||`, only for groups that all of its grouped monitors have. A group is the whole
 * combination of tags: one by device and host goes with one by host, but not with one by host and URL. Else the composite never triggers; Datadog's
 * editor warns of that, and makes it all the same.
 *
 * @see https://docs.datadoghq.com/monitors/types/composite/#common-reporting-sources
 */
export function groupsObjection(rules: readonly GroupedRule[]): string | undefined {
  const grouped = rules.filter(({ groups }) => groups.length > 0);
  for (const [index, one] of grouped.entries()) {
    const stranger = grouped.slice(index + 1).find((other) => !isWithin(one, other) && !isWithin(other, one));
    if (stranger) {
      return `${spokenRule(one)} and ${spokenRule(stranger)}, whose groups Datadog does not match, so that their composite would never alert`;
    }
  }
  return undefined;
}

function isWithin({ groups }: GroupedRule, other: GroupedRule): boolean {
  return groups.every((group) => other.groups.includes(group));
}

function spokenRule({ id, groups }: GroupedRule): string {
  return `${id} (for each ${groups.join(', ')})`;
}
