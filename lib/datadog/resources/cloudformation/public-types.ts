// SPDX-License-Identifier: Apache-2.0
import { MONITOR_SCHEMA } from './monitor-schema';
import { TypeSchema, fields } from './type-schema';
import { ResourceKind } from '../resource-description';

/** A public CloudFormation type of Datadog's. */
export interface PublicType {
  readonly typeName: string;
  readonly schema: { readonly [field: string]: TypeSchema };
}

/** Which kinds have a type, https://github.com/DataDog/datadog-cloudformation-resources. */
export const PUBLIC_TYPES: { readonly [kind in ResourceKind]?: PublicType } = {
  monitor: { typeName: 'Datadog::Monitors::Monitor', schema: MONITOR_SCHEMA },
  slo: {
    typeName: 'Datadog::SLOs::SLO',
    schema: {
      ...fields('name', 'description', 'groups', 'monitor_ids', 'tags'),
      type: ['monitor', 'metric'],
      query: fields('numerator', 'denominator'),
      thresholds: { ...fields('target', 'target_display', 'warning', 'warning_display'), timeframe: ['7d', '30d', '90d'] },
    },
  },
  downtime: {
    typeName: 'Datadog::Monitors::DowntimeSchedule',
    schema: {
      ...fields('scope', 'message', 'display_timezone', 'mute_first_recovery_notification', 'notify_end_states', 'notify_end_types'),
      monitor_identifier: fields('monitor_id', 'monitor_tags'),
      schedule: { ...fields('start', 'end', 'timezone'), recurrences: fields('rrule', 'duration', 'start') },
    },
  },
};
