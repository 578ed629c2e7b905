// SPDX-License-Identifier: Apache-2.0
import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { IConstruct } from 'constructs';
import { AlertTarget } from '../alert-target';

/** A kind of event that ECS sends: how to tell by it the cluster and the service. */
export interface EcsEventKind {
  readonly detailType: string;
  /** What restricts it to the cluster; with services, to these. Absent: it says nothing of services. */
  readonly ofCluster: (target: AlertTarget, scope: IConstruct) => PatternParts;
  readonly ofServices?: (target: AlertTarget, scope: IConstruct) => PatternParts;
}

/** Parts of an event pattern. */
export interface PatternParts {
  readonly resources?: any[];
  readonly detail?: { readonly [field: string]: any };
}

/** A field is one of the values that `detail` has for it. */
export interface EcsEventPattern {
  readonly kind: EcsEventKind;
  readonly detail: { readonly [field: string]: any };
}

const byClusterArn = ({ clusterArn }: AlertTarget): PatternParts => ({ detail: { clusterArn: [clusterArn] } });

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html */
export const TASK_STATE_CHANGE: EcsEventKind = {
  detailType: 'ECS Task State Change',
  ofCluster: byClusterArn,
  ofServices: ({ clusterArn, services = [] }) => ({ detail: { clusterArn: [clusterArn], group: services.map(({ name }) => `service:${name}`) } }),
};

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_events.html */
export const SERVICE_ACTION: EcsEventKind = {
  detailType: 'ECS Service Action',
  ofCluster: byClusterArn,
  ofServices: (target, scope) => ({ resources: serviceArns(target, scope), detail: { clusterArn: [target.clusterArn] } }),
};

/**
 * Its detail names neither cluster nor service: only the service's ARN under `resources` does, which begins with the cluster's name.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html
 */
export const DEPLOYMENT_STATE_CHANGE: EcsEventKind = {
  detailType: 'ECS Deployment State Change',
  ofCluster: (target, scope) => ({ resources: [{ prefix: `${serviceArnPrefix(target, scope)}/` }] }),
  ofServices: (target, scope) => ({ resources: serviceArns(target, scope) }),
};

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_container_instance_events.html */
export const CONTAINER_INSTANCE_STATE_CHANGE: EcsEventKind = { detailType: 'ECS Container Instance State Change', ofCluster: byClusterArn };

/** What EventBridge matches. */
export function eventPattern({ kind, detail }: EcsEventPattern, target: AlertTarget, scope: IConstruct): events.EventPattern {
  const of = target.services && kind.ofServices ? kind.ofServices : kind.ofCluster;
  const { resources, detail: place } = of(target, scope);
  return { source: ['aws.ecs'], detailType: [kind.detailType], resources, detail: { ...place, ...detail } };
}

/** Events have the ARN with the cluster's name, which a service imported without the feature flag may not say. */
function serviceArns(target: AlertTarget, scope: IConstruct): string[] {
  return (target.services ?? []).map(({ construct, name }) => {
    const arn = construct.serviceArn;
    return !Token.isUnresolved(arn) && arn.split('/').length === 3 ? arn : `${serviceArnPrefix(target, scope)}/${name}`;
  });
}

function serviceArnPrefix({ clusterName }: AlertTarget, scope: IConstruct): string {
  return Stack.of(scope).formatArn({ service: 'ecs', resource: 'service', resourceName: clusterName, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
}
