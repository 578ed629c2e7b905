// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { IdentityEntry } from './container-identity';
import { sortedData } from '../private/sorted-data';

/** Several task definitions write under one container name into one group and differ: whose line it is cannot be told. */
export interface Ambiguity {
  readonly filterName: string;
  readonly containerName: string;
  readonly fields: string[];
  readonly taskDefinitions: ecs.TaskDefinition[];
}

/** What one filter's events say of where they come from: the group as a whole, and the containers that write to it. */
export interface IdentitySource {
  readonly filterName: string;
  group(): IdentityEntry;
  containers(): Array<{ readonly container: ecs.ContainerDefinition; readonly entry: IdentityEntry }>;
}

/** Which log line is whose, by the name of the subscription filter that every event carries. It becomes `identities.json` in the handler's asset. */
export class IdentityMap {
  private readonly sources: IdentitySource[] = [];

  public add(source: IdentitySource): void {
    this.sources.push(source);
  }

  /** The map as JSON, equal for equal content whatever the order of declaration; undefined where nothing is known. */
  public render(): string | undefined {
    const entries = this.sources.flatMap((source) => {
      const containers = mergeByName(source).flatMap(({ name, entry }) => (isEmpty(entry) ? [] : [[name, entry] as const]));
      const entry = { ...source.group(), ...(containers.length > 0 ? { containers: Object.fromEntries(containers) } : {}) };
      return isEmpty(entry) ? [] : [[source.filterName, entry] as const];
    });
    return entries.length > 0 ? JSON.stringify(sortedData(Object.fromEntries(entries))) : undefined;
  }

  /** What had to be left out so that nothing is mislabelled. */
  public ambiguities(): Ambiguity[] {
    return this.sources.flatMap((source) => mergeByName(source)
      .filter(({ differing }) => differing.length > 0)
      .map(({ name, differing, taskDefinitions }) => ({
        filterName: source.filterName,
        containerName: name,
        // Two ways to say which cluster it is; users know one of them.
        fields: [...new Set(differing.map((field) => (field === 'ownCluster' ? 'cluster' : field)))],
        taskDefinitions,
      })));
  }
}

interface MergedContainer {
  readonly name: string;
  readonly entry: IdentityEntry;
  readonly differing: string[];
  readonly taskDefinitions: ecs.TaskDefinition[];
}

function mergeByName(source: IdentitySource): MergedContainer[] {
  const writers = source.containers();
  const names = [...new Set(writers.map(({ container }) => container.containerName))].sort();
  return names.map((name) => {
    const same = writers.filter(({ container }) => container.containerName === name);
    const entries = same.map(({ entry }) => entry as { readonly [field: string]: unknown });
    const fields = [...new Set(entries.flatMap((entry) => Object.keys(entry)))].sort();
    // A field that one task has and the other lacks differs as well: the other's lines would carry it.
    const differing = fields.filter((field) => new Set(entries.map((entry) => JSON.stringify(entry[field]))).size > 1);
    const common = fields.filter((field) => !differing.includes(field)).map((field) => [field, entries[0][field]]);
    return {
      name,
      entry: Object.fromEntries(common) as IdentityEntry,
      differing,
      taskDefinitions: same.map(({ container }) => container.taskDefinition),
    };
  });
}

function isEmpty(entry: object): boolean {
  return Object.keys(entry).length === 0;
}
