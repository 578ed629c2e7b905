// SPDX-License-Identifier: Apache-2.0
import { Stack, Token } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { addressOfAwslogs, LogGroupAddress } from './log-group-address';
import { Refusal } from './subscription-refusal';
import { containersOf } from '../private/task-containers';

/** Something about one container's logs that somebody should know. The caller decides whether it is a warning. */
export interface LogRouteProblem extends Refusal {
  readonly container: ecs.ContainerDefinition;
}

/** Where the logs of a task's containers go. Every container stands in exactly one of the first four lists. */
export interface TaskLogRoutes {
  /** Write to a log group that the forwarder carries to Datadog. */
  readonly forwarded: ecs.ContainerDefinition[];
  /** Write to a log group that cannot be forwarded; `problems` says why. */
  readonly refused: ecs.ContainerDefinition[];
  /** Have another driver, FireLens for example, or a group that is decided later. */
  readonly elsewhere: ecs.ContainerDefinition[];
  /** Have no log driver, or the one that leaves the output on the instance, where only an Agent there can read it. */
  readonly none: ecs.ContainerDefinition[];
  readonly problems: LogRouteProblem[];
}

/** A container and the group that it writes to. */
export interface AwslogsRoute {
  readonly container: ecs.ContainerDefinition;
  readonly address: LogGroupAddress;
}

/** The routes of a task definition's containers as they are now, before anything is added. */
export interface RoutePlan extends TaskLogRoutes {
  readonly routes: AwslogsRoute[];
}

/**
 * @param refusalOf what speaks against a subscription
 * @param addressOf the address of a group that the driver names, where it is not the usual one
 */
export function planRoutes(
  taskDefinition: ecs.TaskDefinition,
  refusalOf: (address: LogGroupAddress) => Refusal | undefined,
  addressOf: (address: LogGroupAddress, name: string) => LogGroupAddress = (address) => address,
): RoutePlan {
  const plan = { forwarded: [], refused: [], elsewhere: [], none: [], problems: [], routes: [] } as RoutePlan;
  for (const container of containersOf(taskDefinition)) {
    const driver = container.logDriverConfig;
    if (!driver || driver.logDriver === 'json-file') {
      plan.none.push(container);
    } else if (driver.logDriver !== 'awslogs' || isUndecided(container, driver.options)) {
      plan.elsewhere.push(container);
    } else {
      const options = driver.options ?? {};
      const found = addressIn(container, options, addressOf);
      const refusal = 'address' in found ? refusalOf(found.address) : found;
      if (refusal) {
        plan.refused.push(container);
        plan.problems.push({ ...refusal, container });
      } else if ('address' in found) {
        plan.forwarded.push(container);
        plan.routes.push({ container, address: found.address });
      }
    }
  }
  return plan;
}

/** The sidecar's group depends on the other containers: a token that still leads nowhere. */
function isUndecided(container: ecs.ContainerDefinition, options: { readonly [name: string]: string } = {}): boolean {
  const group = options['awslogs-group'];
  return Token.isUnresolved(group) && Stack.of(container).resolve(group) === undefined;
}

function addressIn(
  container: ecs.ContainerDefinition,
  options: { [name: string]: string },
  addressOf: (address: LogGroupAddress, name: string) => LogGroupAddress,
): { readonly address: LogGroupAddress } | Refusal {
  const group = options['awslogs-group'];
  if (group === undefined) {
    return {
      id: 'cdk-ecs-datadog:unknownLogGroup',
      message: `the awslogs driver of container '${container.containerName}' names no 'awslogs-group', so its logs cannot be forwarded`,
    };
  }
  if (options['awslogs-create-group'] === 'true') {
    return {
      id: 'cdk-ecs-datadog:unknownLogGroup',
      message: `container '${container.containerName}' makes its log group when it starts ('awslogs-create-group'), too late for a subscription: `
        + 'give its driver a logs.LogGroup',
    };
  }
  return { address: addressOf(addressOfAwslogs(container, group, options['awslogs-region']), group) };
}
