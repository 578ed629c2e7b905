// SPDX-License-Identifier: Apache-2.0
import { CfnResource, Stage, Token } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { IConstruct } from 'constructs';
import { LogGroupAddress } from './log-group-address';
import { differ } from './log-group-id';

/** Why a log group cannot be subscribed. */
export interface Refusal {
  readonly id: string;
  readonly message: string;
}

/** What a forwarder needs to be told apart from the groups that it may subscribe. */
export interface ForwarderPlace {
  readonly scope: IConstruct;
  readonly account: string;
  readonly region: string;
  /** True for the group that the forwarder itself writes to. */
  isOwn(address: LogGroupAddress): boolean;
}

/** Subscriptions do not exist for the other classes, https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html. */
const SUBSCRIBABLE = logs.LogGroupClass.STANDARD;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
export const MAX_FILTERS = 2;

/** Ids of our filters, beside their group: as many fixed words as a group takes filters. */
export const FILTER_IDS = ['DatadogLogForwarder', 'SecondDatadogLogForwarder'];

/**
 * Undefined where nothing speaks against a subscription. Adds nothing to the tree.
 *
 * @param userMade how many filters of the user the group is known to have, wherever they stand; those beside it are seen anyway
 */
export function refusalOf(address: LogGroupAddress, forwarder: ForwarderPlace, userMade = 0): Refusal | undefined {
  const { displayName, env, resource } = address;
  if (forwarder.isOwn(address)) {
    return {
      id: 'cdk-ecs-datadog:forwardsItself',
      message: `'logGroup' must not be the forwarder's own, or every event makes another one, got: '${displayName}'`,
    };
  }
  for (const part of ['region', 'account'] as const) {
    if (differ(env[part], forwarder[part])) {
      return {
        id: 'cdk-ecs-datadog:foreignLogGroup',
        message: `'logGroup' must be in the forwarder's ${part} '${forwarder[part]}', got: '${displayName}' in '${env[part]}'`,
      };
    }
  }
  if (Stage.of(address.anchor) !== Stage.of(forwarder.scope)) {
    return {
      id: 'cdk-ecs-datadog:foreignLogGroup',
      message: `'logGroup' must be in the forwarder's Stage, since stacks of two Stages cannot refer to each other, got: '${displayName}'`,
    };
  }
  const logGroupClass = resource?.logGroupClass;
  if (logGroupClass !== undefined && !Token.isUnresolved(logGroupClass) && logGroupClass !== SUBSCRIBABLE) {
    return {
      id: 'cdk-ecs-datadog:logGroupClass',
      message: `'logGroup' must be of class '${SUBSCRIBABLE}' to be subscribed, got: '${displayName}' of class '${logGroupClass}'`,
    };
  }
  const beside = filtersBeside(address);
  const ours = beside.filter(({ node }) => FILTER_IDS.includes(node.id)).length;
  if (ours + Math.max(beside.length - ours, userMade) >= MAX_FILTERS) {
    return {
      id: 'cdk-ecs-datadog:subscriptionLimit',
      message: `'logGroup' must have a subscription filter left, of the ${MAX_FILTERS} that CloudWatch Logs allows, got: '${displayName}' with none`,
    };
  }
  return undefined;
}

/** Filters that stand with the group itself, ours and those of `addSubscriptionFilter`. */
function filtersBeside(address: LogGroupAddress): IConstruct[] {
  const { resource } = address;
  const wrapper = resource?.node.scope?.node.defaultChild === resource ? resource?.node.scope : undefined;
  const beside = new Set([address.find(), resource, wrapper].filter((scope) => scope !== undefined));
  const children = [...beside].flatMap((scope) => scope.node.children);
  return children.filter((child) => isFilter(child) || isFilter(child.node.defaultChild));
}

function isFilter(construct: IConstruct | undefined): boolean {
  return CfnResource.isCfnResource(construct) && construct.cfnResourceType === logs.CfnSubscriptionFilter.CFN_RESOURCE_TYPE_NAME;
}
