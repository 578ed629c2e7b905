// SPDX-License-Identifier: Apache-2.0
import { AlertDescription } from '../alert-description';
import { EcsEventAlertOptions, SERVICE_FIELDS, eventRule } from './event-rule';
import { DEPLOYMENT_STATE_CHANGE } from '../cloudwatch/ecs-events';
import { EcsEventMonitor } from '../datadog/search-monitor';

/** A deployment failed, or ECS takes it back. */
export function deploymentFailed(options: EcsEventAlertOptions): AlertDescription {
  return eventRule('DeploymentFailed', options, {
    title: 'A deployment failed or is rolled back',
    advice: 'look at the deployments of the service and at the stopped reasons of the new tasks',
    kind: DEPLOYMENT_STATE_CHANGE,
    detail: {
      $or: [
        { eventName: ['SERVICE_DEPLOYMENT_FAILED'] },
        // A deployment that an alarm stops is not said to fail; only the reason tells that the next one is a rollback.
        // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html
        { eventName: ['SERVICE_DEPLOYMENT_IN_PROGRESS'], reason: [{ wildcard: '*rolling back*' }] },
      ],
    },
    fields: SERVICE_FIELDS,
    // "(service web) (deployment ecs-svc/123) deployment failed: tasks failed to start."
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
    datadog: new EcsEventMonitor({ search: '\\"deployment failed\\"', groupBy: ['service', 'cluster'] }),
  });
}
