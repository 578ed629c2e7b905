// SPDX-License-Identifier: Apache-2.0
import { DatadogMonitorProps } from './datadog-monitor-props';
import { DatadogMonitorType } from './datadog-monitor-type';
import { DatadogExportProps } from '../datadog-export-props';
import { omitFields } from '../omit-fields';
import { tagsWithoutMarks } from '../ownership-marks';

/** What Datadog sets itself: https://docs.datadoghq.com/api/latest/monitors/#get-a-monitors-details. */
const SET_BY_DATADOG = [
  'created', 'created_at', 'creator', 'deleted', 'id', 'matching_downtimes', 'modified', 'multi', 'org_id', 'overall_state', 'overall_state_modified', 'state',
];

/** An exported monitor as properties. */
export function exportedMonitorProps({ json, ...common }: DatadogExportProps): DatadogMonitorProps {
  const { name, type, query, message, tags, priority, restricted_roles: restrictedRoles, options, ...rest } = json;
  return {
    ...common,
    name,
    type: DatadogMonitorType.of(type),
    query,
    message: message ?? undefined,
    tags: tags ? tagsWithoutMarks(tags) : undefined,
    priority: priority ?? undefined,
    restrictedRoles: restrictedRoles ?? undefined,
    // Which downtimes mute it now.
    options: options ? omitFields(options, ['silenced']) : undefined,
    additionalFields: omitFields(rest, SET_BY_DATADOG),
  };
}
