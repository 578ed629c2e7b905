// SPDX-License-Identifier: Apache-2.0
import { AlertDescription } from '../alert-description';
import { EcsEventAlertOptions, TASK_FIELDS, eventRule } from './event-rule';
import { TASK_STATE_CHANGE } from '../cloudwatch/ecs-events';

/** `CannotPullContainerError`, `CannotPullECRContainerError`, `CannotPullImageManifestError` */
const CANNOT_PULL = 'CannotPull';

/** What Fargate says when it cannot log in to the registry, or read a secret: the two share one message. */
const NO_REGISTRY_AUTH = 'ResourceInitializationError: unable to pull secrets or registry auth';

/** A task could not start for want of its image. */
export function imagePullFailed(options: EcsEventAlertOptions): AlertDescription {
  return eventRule('ImagePullFailed', options, {
    title: 'An image could not be pulled',
    advice: 'look at its tag, the registry, the execution role, and the way out to the registry',
    kind: TASK_STATE_CHANGE,
    detail: {
      lastStatus: ['STOPPED'],
      // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html and
      // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html
      $or: [
        { stoppedReason: [{ prefix: CANNOT_PULL }, { prefix: NO_REGISTRY_AUTH }] },
        // On instances it is the container that has the reason.
        { containers: { reason: [{ prefix: CANNOT_PULL }] } },
      ],
    },
    fields: TASK_FIELDS,
  });
}
