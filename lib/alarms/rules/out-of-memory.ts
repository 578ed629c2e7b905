// SPDX-License-Identifier: Apache-2.0
import { AlertDescription } from '../alert-description';
import { EcsEventAlertOptions, TASK_FIELDS, eventRule } from './event-rule';
import { TASK_STATE_CHANGE } from '../cloudwatch/ecs-events';
import { MetricMonitor } from '../datadog/metric-monitor';
import { AGENT_TAGS } from '../datadog/tag-names';

/** What a container exits with that is killed by signal 9: 128 and 9. */
const KILLED = 137;

/** A container was killed since it used more memory than it may. */
export function outOfMemory(options: EcsEventAlertOptions): AlertDescription {
  return eventRule('OutOfMemory', options, {
    title: 'A container ran out of memory',
    advice: 'look at the memory of its task definition, at its load and for a leak',
    kind: TASK_STATE_CHANGE,
    detail: {
      lastStatus: ['STOPPED'],
      // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/out-of-memory.html
      $or: [
        { containers: { reason: [{ prefix: 'OutOfMemoryError' }] } },
        { stoppedReason: [{ prefix: 'OutOfMemoryError' }] },
        // Where the whole task is over its limit, no reason is given. What ECS kills when it stops a task has another stop code, except what goes on too long after the
        // essential container has ended, which looks the same.
        { stopCode: ['EssentialContainerExited'], containers: { exitCode: [KILLED] } },
      ],
    },
    fields: TASK_FIELDS,
    // A counter of the container's control group that is sent as a gauge, so its rise is what happened.
    // https://docs.datadoghq.com/containers/docker/data_collected/
    datadog: new MetricMonitor({
      tags: AGENT_TAGS,
      formula: (of) => `diff(${of('sum:container.memory.oom_events')})`,
      groupBy: ['service', 'container', 'cluster'],
      timeAggregation: 'max',
    }),
  });
}
