// SPDX-License-Identifier: Apache-2.0
import { Annotations, Stack, Stage } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { IConstruct } from 'constructs';
import { groupIdentity, TaskIdentity } from './container-identity';
import { destinationKey, filterLimitErrors, warnOfDuplicates } from './filter-checks';
import { FilteredLogGroup, filtersByGroup, isMadeByForwarder } from './filters-by-group';
import { ILogForwarder } from './i-log-forwarder';
import { IdentityMap } from './identity-map';
import { addressOfLogGroup, LogGroupAddress, subscribedFrom } from './log-group-address';
import { LogGroupMap } from './log-group-id';
import { LogIdentity } from './log-identity';
import { LogSubscription, SubscribingForwarder } from './log-subscription';
import { ForwarderPlace, Refusal, refusalOf } from './subscription-refusal';
import { planRoutes, RoutePlan, TaskLogRoutes } from './task-log-routes';
import { FIRST_WINS, mergeOptions } from '../private/merge-options';
import { constructsOf } from '../private/stage-of';

/** How a forwarder takes part in its subscriptions. */
export interface Subscriber extends SubscribingForwarder {
  readonly place: ForwarderPlace;
  /** The address of what the filters point at, where it is known: filters of the user may point there as well. */
  readonly functionArn?: string;
  /** Takes what is known of the groups; without it, nothing is known to the function. */
  readonly identities?: IdentityMap;
}

/** Every log group that one forwarder carries, each subscribed once. */
export class LogSubscriptions {
  private readonly byGroup = new LogGroupMap<LogSubscription>();
  private readonly userMade = new LogGroupMap<LogGroupAddress>();
  private declaredFilters?: LogGroupMap<FilteredLogGroup>;
  private readonly tasks = new Map<ecs.TaskDefinition, TaskIdentity>();

  constructor(private readonly forwarder: ILogForwarder, public readonly subscriber: Subscriber) {
    forwarder.node.addValidation({ validate: () => this.validate() });
  }

  /** True where identities reach the function. */
  public get knowsIdentities(): boolean {
    return this.subscriber.identities !== undefined;
  }

  /** What speaks against a subscription, where it does not exist yet. */
  public refusalOf(address: LogGroupAddress): Refusal | undefined {
    // Walked once: it matters where tasks are found by an Aspect, when filters of the user are all declared. Later ones are counted at synth.
    this.declaredFilters ??= filtersByGroup(this.forwarder);
    const isKnown = this.byGroup.has(address) || this.userMade.has(address);
    const declared = this.declaredFilters.get(address)?.filters ?? [];
    return isKnown ? undefined : refusalOf(address, this.subscriber.place, declared.filter((filter) => !isMadeByForwarder(filter)).length);
  }

  /** Takes note of a filter that the user makes. */
  public noteUserMade(logGroup: logs.ILogGroupRef): Refusal | undefined {
    const address = addressOfLogGroup(logGroup);
    const refusal = refusalOf(address, this.subscriber.place);
    if (refusal && refusal.id !== 'cdk-ecs-datadog:subscriptionLimit') {
      return refusal;
    }
    if (!this.userMade.has(address)) {
      this.userMade.add(address, address);
    }
    return undefined;
  }

  /** The user's properties of a whole group that its logs are forwarded without, since they are known at deployment only. */
  public unresolvedOf(identity: LogIdentity): string[] {
    return this.knowsIdentities ? groupIdentity(identity, this.subscriber.tags).unresolved : [];
  }

  /** Subscribes a group, or says more of it. Check `refusalOf` first. */
  public addGroup(address: LogGroupAddress, identity: LogIdentity, pattern: logs.IFilterPattern | undefined): void {
    const existing = this.byGroup.get(address);
    const merged = mergeOptions(existing?.groupOptions ?? {}, identity, (property) => {
      throw new Error(`'${property}' of log group '${address.displayName}' must be the same in every call`);
    });
    if (existing?.filterPattern !== undefined && pattern && existing.filterPattern !== pattern.logPatternString) {
      throw new Error(`'filterPattern' of log group '${address.displayName}' must be the same in every call, got: '${pattern.logPatternString}'`);
    }
    const subscription = this.subscribe(address);
    subscription?.describe(merged);
    subscription?.narrow(pattern);
    if (!subscription && Object.values(identity).some((value) => value !== undefined)) {
      Annotations.of(address.anchor).addWarningV2('cdk-ecs-datadog:unnamedSubscription',
        `log group '${address.displayName}' has a subscription filter of yours, so what 'addLogGroup' says of it does not reach the forwarder`);
    }
  }

  /**
   * What would become of a task definition's containers.
   *
   * @param upstream a stack that the forwarder's stack refers to
   */
  public plan(taskDefinition: ecs.TaskDefinition, upstream?: Stack): RoutePlan {
    const own = Stack.of(this.forwarder);
    const isUpstream = ({ anchor }: LogGroupAddress) => upstream !== undefined && topLevel(Stack.of(anchor)) === topLevel(upstream);
    return planRoutes(taskDefinition, (address) => this.refusalOf(address), (address, name) => {
      return isUpstream(address) && topLevel(own) !== topLevel(Stack.of(address.anchor)) ? subscribedFrom(own, address, name) : address;
    });
  }

  /**
   * Subscribes what the containers of a task definition write to now. Does not throw: what cannot be forwarded is told.
   *
   * @param upstream a stack that the forwarder's stack refers to
   */
  public addTask(
    taskDefinition: ecs.TaskDefinition,
    options: TaskIdentity,
    onConflict: (property: string) => void = FIRST_WINS,
    upstream?: Stack,
  ): TaskLogRoutes {
    const { filterPattern, ...identity } = options;
    const task = mergeOptions(this.tasks.get(taskDefinition) ?? {}, identity, onConflict);
    const { routes, ...plan } = this.plan(taskDefinition, upstream);
    const patterns = routes.map(({ address }) => this.byGroup.get(address)?.filterPattern);
    if (filterPattern && patterns.some((pattern) => pattern !== undefined && pattern !== filterPattern.logPatternString)) {
      onConflict('filterPattern');
    }
    this.tasks.set(taskDefinition, task);
    for (const { container, address } of routes) {
      const subscription = this.subscribe(address);
      subscription?.addWriter(container);
      subscription?.narrow(filterPattern);
    }
    return plan;
  }

  private subscribe(address: LogGroupAddress): LogSubscription | undefined {
    if (this.userMade.has(address)) {
      return undefined;
    }
    const existing = this.byGroup.get(address);
    if (existing) {
      return existing;
    }
    const subscription = new LogSubscription(address, this.subscriber, (taskDefinition) => this.tasks.get(taskDefinition) ?? {});
    this.byGroup.add(address, subscription);
    this.subscriber.identities?.add(subscription);
    return subscription;
  }

  /** Runs once everything is declared, so its warnings speak of the final state. */
  private validate(): string[] {
    const subscriptions = this.byGroup.values();
    for (const { filterName, containerName, fields, taskDefinitions } of this.subscriber.identities?.ambiguities() ?? []) {
      const group = subscriptions.find((subscription) => subscription.filterName === filterName)?.address.displayName;
      Annotations.of(this.forwarder).addWarningV2('cdk-ecs-datadog:ambiguousLogIdentity',
        `container '${containerName}' of ${taskDefinitions.map(({ node }) => `'${node.path}'`).join(' and ')} writes to log group '${group}', `
        + `and ${fields.join(', ')} differ: left out, so that nothing is mislabelled. Give each a log group or a container name of its own`);
    }
    for (const { container, property } of this.knowsIdentities ? subscriptions.flatMap((subscription) => subscription.unresolved()) : []) {
      Annotations.of(container).addWarningV2('cdk-ecs-datadog:unresolvedLogIdentity',
        `'${property}' of container '${container.containerName}' is known at deployment only, so its logs are forwarded without it`);
    }
    const filters = filtersByGroup(this.forwarder);
    warnOfDuplicates(filters, destinationsBeside(this.forwarder));
    return filterLimitErrors(filters, subscriptions);
  }
}

/** Only whole stacks are deployed one after the other; a nested one is a resource of its parent. */
function topLevel(stack: Stack): Stack {
  return stack.nestedStackParent ? topLevel(stack.nestedStackParent) : stack;
}

/** Where the filters of all forwarders of a Stage lead. */
function destinationsBeside(forwarder: ILogForwarder): Set<string> {
  const forwarders: Array<IConstruct & Carrier> = constructsOf(Stage.of(forwarder) ?? forwarder.node.root);
  return new Set(forwarders.flatMap((construct) => {
    const arn = construct[SUBSCRIPTIONS]?.subscriber.functionArn;
    return arn === undefined ? [] : [destinationKey(arn, construct)];
  }));
}

const SUBSCRIPTIONS = Symbol.for('cdk-ecs-datadog.LogSubscriptions');

interface Carrier {
  [SUBSCRIPTIONS]?: LogSubscriptions;
}

/** The subscriptions of a forwarder. One that this library did not make is a destination with nothing known of it but where it stands. */
export function subscriptionsOf(forwarder: ILogForwarder, subscriber?: Subscriber): LogSubscriptions {
  const carrier: ILogForwarder & Carrier = forwarder;
  const existing = carrier[SUBSCRIPTIONS];
  if (existing) {
    return existing;
  }
  const created = new LogSubscriptions(forwarder, subscriber ?? foreignSubscriber(forwarder));
  Object.defineProperty(forwarder, SUBSCRIPTIONS, { value: created, enumerable: false });
  return created;
}

function foreignSubscriber(forwarder: ILogForwarder): Subscriber {
  const { account, region } = Stack.of(forwarder);
  return { destination: forwarder, place: { scope: forwarder, account, region, isOwn: () => false } };
}
