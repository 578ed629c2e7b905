// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { IConstruct } from 'constructs';

/** One service that gets its own alarms. */
export interface WatchedService {
  readonly construct: ecs.IService;
  /** The construct id of everything made for this service: stable, independent of the order of the list. */
  readonly key: string;
  /** May be a token. */
  readonly name: string;
}

/** What the alarms of one `EcsAlarms` watch. */
export interface AlertTarget {
  /** May be a token. */
  readonly clusterName: string;
  /** May be a token. */
  readonly clusterArn: string;
  /** Where the cluster is. May be tokens. */
  readonly region?: string;
  readonly account?: string;
  /** Absent: the whole cluster, whatever services it has. */
  readonly services?: WatchedService[];
}

/** The services as targets, each once, whatever the order and however often it is listed. */
export function watchedServices(scope: IConstruct, services: ecs.IService[]): WatchedService[] {
  return [...new Set(services)].map((construct) => ({ construct, key: serviceKey(scope, construct), name: serviceName(construct) }));
}

/** A service imported by its ARN is called `cluster/service` without the feature flag `@aws-cdk/aws-ecs:arnFormatIncludesClusterName`; metrics never say so. */
function serviceName(service: ecs.IService): string {
  const name = service.serviceName;
  return name.slice(name.lastIndexOf('/') + 1);
}

/**
 * Where the service is in its stack (`Web/Service`, which `constructs` turns into `Web--Service`), after the stack's own path where that is another
 * one. Two services with the same id in different scopes differ, and neither the stack's nor the stage's name becomes part of a logical id.
 */
function serviceKey(scope: IConstruct, service: IConstruct): string {
  const stack = Stack.of(service);
  const path = pathBelow(stack, service);
  return stack === Stack.of(scope) ? path : `${stack.node.path}:${path}`;
}

function pathBelow(stack: Stack, construct: IConstruct): string {
  const scopes = construct.node.scopes;
  return scopes.slice(scopes.indexOf(stack) + 1).map((scope) => scope.node.id).join('/');
}
