// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { DatadogAccount } from '../datadog';

/** The Agent's container has this name in every task definition, so that a task which has one is recognized. */
export const AGENT_CONTAINER_NAME = 'datadog-agent';

/** The Agent's image from the account's registry. */
export function agentImage(datadog: DatadogAccount, tag: string): ecs.ContainerImage {
  return ecs.ContainerImage.fromRegistry(`${datadog.imageRegistry}/agent:${tag}`);
}

/**
 * ECS ignores the health check that the image carries, so it is stated again.
 * Command and rhythm: https://docs.datadoghq.com/containers/amazon_ecs/; a minute to start, since the Agent waits for its intake.
 */
export const AGENT_HEALTH_CHECK: ecs.HealthCheck = {
  command: ['CMD-SHELL', 'agent health'],
  interval: Duration.seconds(30),
  timeout: Duration.seconds(5),
  retries: 3,
  startPeriod: Duration.seconds(60),
};
