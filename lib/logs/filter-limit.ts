// SPDX-License-Identifier: Apache-2.0
import { Stage } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { IConstruct } from 'constructs';
import { logGroupKey } from './log-group-address';
import { LogSubscription } from './log-subscription';
import { FILTER_IDS, MAX_FILTERS } from './subscription-refusal';

/** One message for every group of ours that carries more filters than CloudWatch Logs allows, whoever made them. */
export function filterLimitErrors(forwarder: IConstruct, subscriptions: Iterable<LogSubscription>): string[] {
  const counts = filtersByGroup(forwarder, () => true);
  return [...subscriptions].flatMap(({ address }) => {
    const count = counts.get(address.key) ?? 0;
    return count > MAX_FILTERS ? [`log group '${address.displayName}' has ${count} subscription filters, CloudWatch Logs allows ${MAX_FILTERS}`] : [];
  });
}

/** How many filters each group has that no forwarder made, as far as they are declared. */
export function userMadeFilters(forwarder: IConstruct): Map<string, number> {
  return filtersByGroup(forwarder, ({ node }) => !FILTER_IDS.includes(node.scope?.node.id ?? ''));
}

function filtersByGroup(forwarder: IConstruct, counts: (filter: IConstruct) => boolean): Map<string, number> {
  const byGroup = new Map<string, number>();
  visit(Stage.of(forwarder) ?? forwarder.node.root, (construct) => {
    if (logs.CfnSubscriptionFilter.isCfnSubscriptionFilter(construct) && counts(construct)) {
      const key = logGroupKey(construct.logGroupName, construct);
      byGroup.set(key, (byGroup.get(key) ?? 0) + 1);
    }
  });
  return byGroup;
}

function visit(construct: IConstruct, visitor: (construct: IConstruct) => void): void {
  visitor(construct);
  construct.node.children.filter((child) => !Stage.isStage(child)).forEach((child) => visit(child, visitor));
}
