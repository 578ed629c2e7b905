// SPDX-License-Identifier: Apache-2.0
import { Annotations, Stack, Token } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { IConstruct } from 'constructs';
import { FilteredLogGroup, isMadeByForwarder } from './filters-by-group';
import { LogGroupMap } from './log-group-id';
import { LogSubscription } from './log-subscription';
import { MAX_FILTERS } from './subscription-refusal';
import { referencedConstruct } from '../private/referenced-construct';

/** One message for every group of ours that carries more filters than CloudWatch Logs allows, whoever made them. */
export function filterLimitErrors(groups: LogGroupMap<FilteredLogGroup>, subscriptions: Iterable<LogSubscription>): string[] {
  return [...subscriptions].flatMap(({ address }) => {
    const count = groups.get(address)?.filters.length ?? 0;
    return count > MAX_FILTERS ? [`log group '${address.displayName}' has ${count} subscription filters, CloudWatch Logs allows ${MAX_FILTERS}`] : [];
  });
}

/**
 * One warning for every group whose events reach Datadog more than once, on the first of its filters. All forwarders of a Stage say the same there,
 * which is saying it once.
 *
 * @param destinations what `destinationKey` makes of the addresses of the Stage's forwarders: filters of the user may lead to them too
 */
export function warnOfDuplicates(groups: LogGroupMap<FilteredLogGroup>, destinations: ReadonlySet<string>): void {
  for (const { displayName, filters } of groups.values()) {
    const ours = filters.filter((filter) => isMadeByForwarder(filter) || destinations.has(destinationKey(filter.destinationArn, filter)));
    if (ours.length > 1) {
      Annotations.of(declared(ours[0])).addWarningV2('cdk-ecs-datadog:duplicateSubscription',
        `log group '${displayName}' has ${ours.length} subscription filters that lead to log forwarders `
        + `(${ours.map((filter) => `'${declared(filter).node.path}'`).join(', ')}), so Datadog gets its events as often`);
    }
  }
}

/** Equal for two ways to write the address of the same function. */
export function destinationKey(arn: string, scope: IConstruct): string {
  return Token.isUnresolved(arn) ? referencedConstruct(arn, scope)?.node.addr ?? JSON.stringify(Stack.of(scope).resolve(arn)) : arn;
}

/** The construct that somebody wrote: the filter's own, or the one around it. */
function declared(filter: logs.CfnSubscriptionFilter): IConstruct {
  const parent = filter.node.scope;
  return parent instanceof logs.SubscriptionFilter ? parent : filter;
}
