// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';
import { ResourceEnvironment } from 'aws-cdk-lib/interfaces';

/** Which log group it is, however it is named. */
export interface LogGroupId {
  /** Equal for two ways to name the same group, and for groups of one name in two accounts or regions. */
  readonly key: string;
  /** Parts of it may be known at deployment only: of two groups that are named alike, one that may be the other is taken for it. */
  readonly env: ResourceEnvironment;
}

/** Values by log group. */
export class LogGroupMap<T> {
  private readonly byKey = new Map<string, Array<{ readonly id: LogGroupId; readonly value: T }>>();

  public get(id: LogGroupId): T | undefined {
    return this.byKey.get(id.key)?.find((entry) => isSameLogGroup(entry.id, id))?.value;
  }

  public has(id: LogGroupId): boolean {
    return this.get(id) !== undefined;
  }

  /** For a group that has no value yet. */
  public add(id: LogGroupId, value: T): void {
    this.byKey.set(id.key, [...this.byKey.get(id.key) ?? [], { id, value }]);
  }

  /** In the order of addition, groups of one key together. */
  public values(): T[] {
    return [...this.byKey.values()].flatMap((entries) => entries.map(({ value }) => value));
  }
}

/** Whether two groups are one, as far as that is known at synthesis. */
export function isSameLogGroup(one: LogGroupId, other: LogGroupId): boolean {
  return one.key === other.key && !differ(one.env.account, other.env.account) && !differ(one.env.region, other.env.region);
}

/** Whether two accounts, or two regions, are known to be different. */
export function differ(one: string, other: string): boolean {
  return !Token.isUnresolved(one) && !Token.isUnresolved(other) && one !== other;
}
