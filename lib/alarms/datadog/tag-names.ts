// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';
import { AlertTarget } from '../alert-target';
import { Lateness } from './datadog-source';

/** What a group of a monitor is. */
export type GroupKey = 'cluster' | 'service' | 'family' | 'task' | 'container' | 'instance';

/** A kind of data in Datadog: how its tags are called, and how late it comes. One filter never serves two of them. */
export interface TagNames {
  readonly names: { readonly [key in GroupKey]?: string };
  readonly lateness: Lateness;
}

const AWS_NAMES = { cluster: 'clustername', service: 'servicename', instance: 'instance_id' };

/** CloudWatch's metrics of ECS (`aws.ecs.*utilization`, `aws.ecs.*reservation`): https://docs.datadoghq.com/integrations/amazon_ecs/ */
export const CLOUDWATCH_TAGS: TagNames = { names: AWS_NAMES, lateness: 'cloudWatch' };

/** What the AWS integration counts through the API of ECS (`aws.ecs.service.running`, `aws.ecs.running_tasks_count`), and its events. A metric stream never has it. */
export const CRAWLER_TAGS: TagNames = { names: AWS_NAMES, lateness: 'crawler' };

/** What Agents and log forwarders send: https://docs.datadoghq.com/containers/amazon_ecs/tags/ */
export const AGENT_TAGS: TagNames = {
  names: {
    cluster: 'ecs_cluster_name', service: 'ecs_service', family: 'task_family', task: 'task_arn', container: 'ecs_container_name', instance: 'host',
  },
  lateness: 'agent',
};

/** The name of a tag. */
export function tagName(tags: TagNames, key: GroupKey): string {
  const name = tags.names[key];
  if (name === undefined) {
    throw new Error(`data from the AWS integration must be grouped by what it has a tag for (${Object.keys(tags.names).join(', ')}), got: ${key}`);
  }
  return name;
}

/** As Datadog keeps the values of tags, in lower case. A token is only known at deployment; Datadog itself lowers it in the queries of metrics. */
export function tagValue(value: string): string {
  return Token.isUnresolved(value) ? value : value.toLowerCase();
}

/** The filter of a metric query: https://docs.datadoghq.com/metrics/advanced-filtering/ */
export function metricFilter(tags: TagNames, target: AlertTarget): string {
  const services = target.services?.map(({ name }) => tagValue(name)).sort().join(',');
  return [
    ...placeOf(tags, target).map(([name, value]) => `${name}:${tagValue(value)}`),
    ...(services === undefined ? [] : [`${tagName(tags, 'service')} IN (${services})`]),
  ].join(' AND ');
}

/** The filter of a search of logs or events: https://docs.datadoghq.com/logs/explorer/search_syntax/ */
export function searchFilter(tags: TagNames, target: AlertTarget): string {
  const services = target.services?.map(({ name }) => searchValue(name)).sort().join(' OR ');
  return [
    ...placeOf(tags, target).map(([name, value]) => `${name}:${searchValue(value)}`),
    ...(services === undefined ? [] : [`${tagName(tags, 'service')}:(${services})`]),
  ].join(' ');
}

/** Clusters of two regions may have one name; what comes from AWS says where it is from. */
export function placeOf(tags: TagNames, target: AlertTarget): [string, string][] {
  const cluster: [string, string] = [tagName(tags, 'cluster'), target.clusterName];
  return tags.lateness === 'agent' ? [cluster] : [cluster, ...regionOf(target)];
}

/** The tags of all that comes from AWS: https://docs.datadoghq.com/integrations/amazon_web_services/ */
export function regionOf({ region, account }: AlertTarget): [string, string][] {
  return region === undefined || account === undefined ? [] : [['region', region], ['aws_account', account]];
}

/** The search text stands in double quotes itself, so its own are escaped. Quoted is what could hold a character with a meaning. */
export function searchValue(value: string): string {
  const lower = tagValue(value);
  return /^[a-z0-9_.]+$/.test(lower) ? lower : `\\"${lower}\\"`;
}

/** Whose value a group is, as part of a sentence: `service {{servicename.name}} of cluster {{clustername.name}}`. */
export function groupSubject(tags: TagNames, groupBy: readonly GroupKey[], { clusterName }: AlertTarget): string {
  const parts = groupBy.map((key) => `${SPOKEN[key]} {{${tagName(tags, key)}.name}}`);
  return (groupBy.includes('cluster') ? parts : [...parts, `cluster ${clusterName}`]).join(' of ');
}

/** What the groups of a monitor are of: `service`, `cluster`. */
export function groupNames(groupBy: readonly GroupKey[]): string[] {
  return groupBy.map((key) => SPOKEN[key]);
}

const SPOKEN: { readonly [key in GroupKey]: string } = {
  cluster: 'cluster', service: 'service', family: 'task family', task: 'task', container: 'container', instance: 'instance',
};

/** A time as Datadog writes it. */
export function datadogMinutes(minutes: number): string {
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}
