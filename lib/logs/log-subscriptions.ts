// SPDX-License-Identifier: Apache-2.0
import { Annotations, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { containerIdentity, TaskIdentity } from './container-identity';
import { filterLimitErrors, userMadeFilters } from './filter-limit';
import { ILogForwarder } from './i-log-forwarder';
import { IdentityMap } from './identity-map';
import { addressOfLogGroup, LogGroupAddress, subscribedFrom } from './log-group-address';
import { LogIdentity } from './log-identity';
import { LogSubscription } from './log-subscription';
import { FIRST_WINS, mergeOptions } from './merge-options';
import { ForwarderPlace, Refusal, refusalOf } from './subscription-refusal';
import { LogRouteProblem, planRoutes, RoutePlan, TaskLogRoutes } from './task-log-routes';

/** How a forwarder takes part in its subscriptions. */
export interface Subscriber {
  readonly place: ForwarderPlace;
  /** What the filters point at. */
  readonly destination: logs.ILogSubscriptionDestination;
  /** Takes what is known of the groups; without it, nothing is known to the function. */
  readonly identities?: IdentityMap;
}

/** Every log group that one forwarder carries, each subscribed once. */
export class LogSubscriptions {
  private readonly byGroup = new Map<string, LogSubscription>();
  private foreignFilters?: Map<string, number>;
  private readonly userMade = new Set<string>();
  private readonly tasks = new Map<ecs.TaskDefinition, TaskIdentity>();

  constructor(private readonly forwarder: ILogForwarder, private readonly subscriber: Subscriber) {
    forwarder.node.addValidation({ validate: () => this.validate() });
  }

  /** True where identities reach the function. */
  public get knowsIdentities(): boolean {
    return this.subscriber.identities !== undefined;
  }

  /** What speaks against a subscription, where it does not exist yet. */
  public refusalOf(address: LogGroupAddress): Refusal | undefined {
    // Walked once: it matters where tasks are found by an Aspect, when filters of the user are all declared. Later ones are counted at synth.
    this.foreignFilters ??= userMadeFilters(this.forwarder);
    const isKnown = this.byGroup.has(address.key) || this.userMade.has(address.key);
    return isKnown ? undefined : refusalOf(address, this.subscriber.place, this.foreignFilters.get(address.key));
  }

  /** Takes note of a filter that the user makes. */
  public noteUserMade(logGroup: logs.ILogGroupRef): Refusal | undefined {
    const address = addressOfLogGroup(logGroup);
    const refusal = refusalOf(address, this.subscriber.place);
    if (refusal && refusal.id !== 'cdk-ecs-datadog:subscriptionLimit') {
      return refusal;
    }
    this.userMade.add(address.key);
    return undefined;
  }

  /** Subscribes a group, or says more of it. Check `refusalOf` first. */
  public addGroup(address: LogGroupAddress, identity: LogIdentity, pattern: logs.IFilterPattern | undefined): void {
    const existing = this.byGroup.get(address.key);
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
    const patterns = routes.map(({ address }) => this.byGroup.get(address.key)?.filterPattern);
    if (filterPattern && patterns.some((pattern) => pattern !== undefined && pattern !== filterPattern.logPatternString)) {
      onConflict('filterPattern');
    }
    this.tasks.set(taskDefinition, task);
    for (const { container, address } of routes) {
      const subscription = this.subscribe(address);
      subscription?.addWriter(container);
      subscription?.narrow(filterPattern);
    }
    const unresolved = this.knowsIdentities ? plan.forwarded.flatMap((container) => unresolvedOf(container, task)) : [];
    return { ...plan, problems: [...plan.problems, ...unresolved] };
  }

  private subscribe(address: LogGroupAddress): LogSubscription | undefined {
    if (this.userMade.has(address.key)) {
      return undefined;
    }
    const existing = this.byGroup.get(address.key);
    if (existing) {
      return existing;
    }
    const subscription = new LogSubscription(address, this.subscriber.destination, (taskDefinition) => this.tasks.get(taskDefinition) ?? {});
    this.byGroup.set(address.key, subscription);
    this.subscriber.identities?.add(subscription);
    return subscription;
  }

  /** Runs once everything is declared, so its warnings speak of the final state. */
  private validate(): string[] {
    for (const { filterName, containerName, fields, taskDefinitions } of this.subscriber.identities?.ambiguities() ?? []) {
      const group = [...this.byGroup.values()].find((subscription) => subscription.filterName === filterName)?.address.displayName;
      Annotations.of(this.forwarder).addWarningV2('cdk-ecs-datadog:ambiguousLogIdentity',
        `container '${containerName}' of ${taskDefinitions.map(({ node }) => `'${node.path}'`).join(' and ')} writes to log group '${group}', `
        + `and ${fields.join(', ')} differ: left out, so that nothing is mislabelled. Give each a log group or a container name of its own`);
    }
    for (const [key, { address, filter }] of this.byGroup) {
      if (this.userMade.has(key)) {
        Annotations.of(filter).addWarningV2('cdk-ecs-datadog:duplicateSubscription',
          `log group '${address.displayName}' is subscribed twice to the same forwarder, so its events arrive twice`);
      }
    }
    return filterLimitErrors(this.forwarder, this.byGroup.values());
  }
}

function unresolvedOf(container: ecs.ContainerDefinition, task: TaskIdentity): LogRouteProblem[] {
  return containerIdentity(container, task).unresolved.map((property) => ({
    container,
    id: 'cdk-ecs-datadog:unresolvedLogIdentity',
    message: `'${property}' of container '${container.containerName}' is known at deployment only, so its logs are forwarded without it`,
  }));
}

/** Only whole stacks are deployed one after the other; a nested one is a resource of its parent. */
function topLevel(stack: Stack): Stack {
  return stack.nestedStackParent ? topLevel(stack.nestedStackParent) : stack;
}

const SUBSCRIPTIONS = Symbol.for('cdk-ecs-datadog.LogSubscriptions');

/** The subscriptions of a forwarder. One that this library did not make is a destination with nothing known of it but where it stands. */
export function subscriptionsOf(forwarder: ILogForwarder, subscriber?: Subscriber): LogSubscriptions {
  const carrier = forwarder as ILogForwarder & { [SUBSCRIPTIONS]?: LogSubscriptions };
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
