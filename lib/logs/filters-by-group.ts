// SPDX-License-Identifier: Apache-2.0
import { Stage } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { IConstruct } from 'constructs';
import { namedLogGroup, NamedLogGroup } from './log-group-address';
import { LogGroupMap } from './log-group-id';
import { FILTER_IDS } from './subscription-refusal';
import { constructsOf } from '../private/stage-of';

/** A log group and all its subscription filters that the app declares, whoever makes them. */
export interface FilteredLogGroup extends NamedLogGroup {
  readonly filters: logs.CfnSubscriptionFilter[];
}

/** The subscription filters of a forwarder's Stage, as far as they are declared. */
export function filtersByGroup(forwarder: IConstruct): LogGroupMap<FilteredLogGroup> {
  const byGroup = new LogGroupMap<FilteredLogGroup>();
  for (const filter of constructsOf(Stage.of(forwarder) ?? forwarder.node.root)) {
    if (logs.CfnSubscriptionFilter.isCfnSubscriptionFilter(filter)) {
      const group = namedLogGroup(filter.logGroupName, filter);
      const existing = byGroup.get(group);
      if (existing) {
        existing.filters.push(filter);
      } else {
        byGroup.add(group, { ...group, filters: [filter] });
      }
    }
  }
  return byGroup;
}

/** Whether a filter was made by a forwarder, and not by the user. */
export function isMadeByForwarder(filter: logs.CfnSubscriptionFilter): boolean {
  return FILTER_IDS.includes(filter.node.scope?.node.id ?? '');
}
