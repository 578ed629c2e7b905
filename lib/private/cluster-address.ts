// SPDX-License-Identifier: Apache-2.0
import { Stack, Token } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { referencedConstruct } from './referenced-construct';

/** Where a cluster is and what it is called there. Each part may be a token. */
export interface ClusterAddress {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  /** What a name begins with that CloudFormation chooses. */
  readonly generatedPrefix?: string;
}

/** How two references to a cluster relate. */
export enum ClusterRelation {
  SAME = 'same',
  /** Equal names, in environments of which one is known at deployment only. */
  LIKELY = 'likely',
  /** One of the names is known at deployment only, and nothing else speaks against it. */
  UNKNOWN = 'unknown',
  DIFFERENT = 'different',
}

/** The resource that makes a cluster, where it is part of the app; also that of an import which refers to it by name. */
export function makerOf(cluster: ecs.ICluster): ecs.CfnCluster | undefined {
  const resource = cluster.node.defaultChild ?? referencedConstruct(cluster.clusterName, cluster);
  return resource instanceof ecs.CfnCluster ? resource : undefined;
}

/** The address of a cluster: from its ARN where that says it, else from the cluster's stack. */
export function addressOf(cluster: ecs.ICluster): ClusterAddress {
  const maker = makerOf(cluster);
  const { stackName } = Stack.of(maker ?? cluster);
  // The CDK gives every cluster a name that is produced late, also where it turns out to be none.
  const fixedName: unknown = maker && Stack.of(maker).resolve(maker.clusterName);
  const isGenerated = maker !== undefined && fixedName === undefined && !Token.isUnresolved(stackName);
  return {
    ...cluster.env,
    ...partsOf(cluster.clusterArn),
    name: typeof fixedName === 'string' ? fixedName : cluster.clusterName,
    ...(isGenerated ? { generatedPrefix: `${stackName}-` } : {}),
  };
}

/** The address of a cluster that is given as a text, name or ARN, in an environment. */
export function addressOfText(text: string, environment: { readonly account: string; readonly region: string }): ClusterAddress {
  return { account: environment.account, region: environment.region, name: text, ...partsOf(text) };
}

/**
 * How two addresses relate. Equal texts mean the same, tokens included: those of the environment are the same for all stacks of no fixed environment.
 */
export function relationOf(one: ClusterAddress, other: ClusterAddress): ClusterRelation {
  const environment = [[one.region, other.region], [one.account, other.account]].filter(([a, b]) => a !== b);
  if (environment.some((texts) => areLiteral(texts))) {
    return ClusterRelation.DIFFERENT;
  }
  if (one.name === other.name) {
    return environment.length === 0 ? ClusterRelation.SAME : ClusterRelation.LIKELY;
  }
  const isExcluded = areLiteral([one.name, other.name]) || cannotBe(one, other) || cannotBe(other, one);
  return isExcluded ? ClusterRelation.DIFFERENT : ClusterRelation.UNKNOWN;
}

/** Whether a name that CloudFormation chooses cannot turn out to be that of the other. */
function cannotBe({ generatedPrefix }: ClusterAddress, { name }: ClusterAddress): boolean {
  return generatedPrefix !== undefined && areLiteral([name]) && !name.startsWith(generatedPrefix);
}

function areLiteral(texts: string[]): boolean {
  return !texts.some((text) => Token.isUnresolved(text));
}

/** Account, region and name of an ARN whose parts can be told apart. */
function partsOf(arn: string): Partial<ClusterAddress> {
  const [prefix, , service, region, account, resource, ...rest] = arn.split(':');
  const [type, name] = resource?.split('/') ?? [];
  return prefix === 'arn' && service === 'ecs' && type === 'cluster' && name && rest.length === 0 ? { account, region, name } : {};
}
