// SPDX-License-Identifier: Apache-2.0
import { AlertDescription } from '../alert-description';
import { EcsEventAlertOptions, SERVICE_FIELDS, eventRule } from './event-rule';
import { SERVICE_ACTION } from '../cloudwatch/ecs-events';
import { EcsEventMonitor } from '../datadog/search-monitor';

/** There is no place for a task of a service. */
export function taskPlacementFailed(options: EcsEventAlertOptions): AlertDescription {
  return eventRule('TaskPlacementFailed', options, {
    title: 'A task could not be placed',
    advice: 'look at the capacity of the cluster, the limits of its Auto Scaling groups, and the placement constraints of the service',
    kind: SERVICE_ACTION,
    detail: { eventName: ['SERVICE_TASK_PLACEMENT_FAILURE'] },
    fields: [...SERVICE_FIELDS, { label: 'Capacity providers', path: '$.detail.capacityProviderArns' }],
    // "(service web) was unable to place a task because no container instance met all of its requirements."
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
    datadog: new EcsEventMonitor({ search: '\\"unable to place a task\\"', groupBy: ['service', 'cluster'] }),
  });
}
