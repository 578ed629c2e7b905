// SPDX-License-Identifier: Apache-2.0
import { Lazy, Names } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { containerIdentity, DerivedIdentity, ForwarderTags, groupIdentity, IdentityEntry, TaskIdentity } from './container-identity';
import { IdentitySource } from './identity-map';
import { LogGroupAddress } from './log-group-address';
import { LogIdentity } from './log-identity';
import { FILTER_IDS } from './subscription-refusal';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html */
const MAX_FILTER_NAME_LENGTH = 512;

/** What a forwarder's subscriptions have in common. */
export interface SubscribingForwarder {
  /** What the filters point at. */
  readonly destination: logs.ILogSubscriptionDestination;
  /** What every log is given anyway. */
  readonly tags?: ForwarderTags;
}

/** One log group, subscribed once, and all that is known of who writes to it. */
export class LogSubscription implements IdentitySource {
  public readonly filterName: string;
  public readonly filter: logs.SubscriptionFilter;
  private pattern?: string;
  private identity: LogIdentity = {};
  private readonly writers = new Set<ecs.ContainerDefinition>();

  constructor(
    public readonly address: LogGroupAddress,
    private readonly forwarder: SubscribingForwarder,
    private readonly taskOptions: (taskDefinition: ecs.TaskDefinition) => TaskIdentity,
  ) {
    const { scope, logGroup } = address.place();
    const id = FILTER_IDS.find((candidate) => scope.node.tryFindChild(candidate) === undefined);
    if (id === undefined) {
      throw new Error(`'${address.displayName}' has two subscription filters already, and CloudWatch Logs allows no more`);
    }
    // Made from the place, never from the identity: a changed identity must not replace a filter.
    this.filterName = `${Names.uniqueResourceName(scope, { maxLength: MAX_FILTER_NAME_LENGTH - id.length - 1, separator: '-' })}-${id}`;
    this.filter = new logs.SubscriptionFilter(scope, id, {
      logGroup,
      destination: forwarder.destination,
      filterName: this.filterName,
      // The pattern may be told by a later call.
      filterPattern: { logPatternString: Lazy.string({ produce: () => this.pattern ?? '' }) },
    });
  }

  /** What is forwarded; undefined where nobody said. */
  public get filterPattern(): string | undefined {
    return this.pattern;
  }

  /** Narrows what is forwarded. The first to say so wins. */
  public narrow(pattern: logs.IFilterPattern | undefined): void {
    this.pattern ??= pattern?.logPatternString;
  }

  public get groupOptions(): LogIdentity {
    return this.identity;
  }

  public describe(identity: LogIdentity): void {
    this.identity = identity;
  }

  public addWriter(container: ecs.ContainerDefinition): void {
    this.writers.add(container);
  }

  public group(): IdentityEntry {
    return groupIdentity(this.identity).entry;
  }

  public containers(): Array<{ readonly container: ecs.ContainerDefinition; readonly entry: IdentityEntry }> {
    return this.derived().map(({ container, entry }) => ({ container, entry }));
  }

  /** What could not be said of which container, by the user's properties. */
  public unresolved(): Array<{ readonly container: ecs.ContainerDefinition; readonly property: string }> {
    return this.derived().flatMap(({ container, unresolved }) => unresolved.map((property) => ({ container, property })));
  }

  /** Derived when asked for, so that a container's own variables count whenever they were added. */
  private derived(): Array<DerivedIdentity & { readonly container: ecs.ContainerDefinition }> {
    return [...this.writers].map((container) => {
      const task = this.taskOptions(container.taskDefinition);
      // For the handler a container's tags replace the group's, so they hold both.
      const tags = { ...this.identity.tags, ...task.tags };
      const given = { ...this.forwarder.tags, ...(this.group().env === undefined ? {} : { env: this.group().env }) };
      return { container, ...containerIdentity(container, { ...task, tags }, given) };
    });
  }
}
