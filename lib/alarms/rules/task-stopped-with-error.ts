// SPDX-License-Identifier: Apache-2.0
import { AlertDescription } from '../alert-description';
import { EcsEventAlertOptions, TASK_FIELDS, eventRule } from './event-rule';
import { TASK_STATE_CHANGE } from '../cloudwatch/ecs-events';
import { EcsEventMonitor } from '../datadog/search-monitor';

/** What a container exits with that is ended by signal 15: 128 and 15. */
const TERMINATED = 143;

/** A task stopped, and neither a person, a deployment, scaling nor a Spot interruption stopped it. */
export function taskStoppedWithError(options: EcsEventAlertOptions): AlertDescription {
  return eventRule('TaskStoppedWithError', options, {
    title: 'A task stopped with an error',
    advice: 'look at its stopped reason, its exit codes and its last logs',
    kind: TASK_STATE_CHANGE,
    detail: {
      lastStatus: ['STOPPED'],
      // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html and
      // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
      $or: [
        { stopCode: ['TaskFailedToStart'] },
        // With exit code 0 a task is done, as a batch job is; with that of SIGTERM a container such as a sidecar was then told to stop.
        { stopCode: ['EssentialContainerExited'], containers: { exitCode: [{ 'anything-but': [0, TERMINATED] }] } },
        // "Task failed ELB health checks in (target-group …)", "Task failed container health checks": the scheduler's stop code is that of scaling in, too.
        { stoppedReason: [{ prefix: 'Task failed ' }] },
      ],
    },
    fields: TASK_FIELDS,
    // What the service's own events say of its tasks: "(service web) (task 0123) failed container health checks.",
    // "(service web) (task 0123) (port 80) is unhealthy in (target-group …) due to (reason Health checks failed)".
    datadog: new EcsEventMonitor({ search: '(\\"failed container health checks\\" OR \\"Health checks failed\\")', groupBy: ['service', 'cluster'] }),
  });
}
