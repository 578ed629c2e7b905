// SPDX-License-Identifier: Apache-2.0

/**
 * How finely metrics are tagged by where they come from. Each series that it tells apart is one more custom metric.
 *
 * @see https://docs.datadoghq.com/getting_started/tagging/assigning_tags/#tags-cardinality
 */
export enum TagCardinality {
  /** By what stays the same when tasks are replaced, such as cluster, image and task family. */
  LOW = 'low',

  /** By task as well, as `task_arn`. */
  ORCHESTRATOR = 'orchestrator',

  /** By container as well, as `container_id`. */
  HIGH = 'high',
}
