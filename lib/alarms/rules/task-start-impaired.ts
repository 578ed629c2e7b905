// SPDX-License-Identifier: Apache-2.0
import { AlertDescription } from '../alert-description';
import { EcsEventAlertOptions, SERVICE_FIELDS, eventRule } from './event-rule';
import { SERVICE_ACTION } from '../cloudwatch/ecs-events';
import { EcsEventMonitor } from '../datadog/search-monitor';

/** A service is unable to consistently start tasks, so ECS waits longer and longer between its attempts. */
export function taskStartImpaired(options: EcsEventAlertOptions): AlertDescription {
  return eventRule('TaskStartImpaired', options, {
    title: 'Tasks fail to start again and again',
    advice: 'look at the stopped reasons of its tasks: image, secrets, health checks, exit codes',
    kind: SERVICE_ACTION,
    detail: { eventName: ['SERVICE_TASK_START_IMPAIRED'] },
    fields: SERVICE_FIELDS,
    // The words of the service's event, which the monitor that Datadog recommends for ECS searches for, too.
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
    datadog: new EcsEventMonitor({ search: '\\"unable to consistently start tasks successfully\\"', groupBy: ['service', 'cluster'] }),
  });
}
