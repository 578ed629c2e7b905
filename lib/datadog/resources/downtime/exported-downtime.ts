// SPDX-License-Identifier: Apache-2.0
import { DatadogDowntimeProps } from './datadog-downtime-props';
import { DatadogExportProps } from '../datadog-export-props';
import { omitFields } from '../omit-fields';
import { messageWithoutMarks } from '../ownership-marks';
import { ApiJson } from '../resource-description';

/** What Datadog sets itself: https://docs.datadoghq.com/api/latest/downtimes/#get-a-downtime. */
const SET_BY_DATADOG = ['canceled', 'created', 'modified', 'status'];

/** An exported downtime as properties: the whole answer of the API, or the `attributes` in it. */
export function exportedDowntimeProps({ json, ...common }: DatadogExportProps): DatadogDowntimeProps {
  const attributes: ApiJson = json.data?.attributes ?? json.attributes ?? json;
  const { scope: groupScope, schedule, message, ...rest } = attributes;
  return {
    ...common,
    groupScope,
    message: typeof message === 'string' ? messageWithoutMarks(message) : message ?? undefined,
    additionalFields: {
      ...omitFields(rest, SET_BY_DATADOG),
      ...(schedule ? { schedule: exportedSchedule(schedule) } : {}),
    },
  };
}

function exportedSchedule(schedule: ApiJson): ApiJson {
  const { recurrences, ...rest } = omitFields(schedule, ['current_downtime']);
  return recurrences ? { ...rest, recurrences: recurrences.map((recurrence: ApiJson) => omitFields(recurrence, [])) } : rest;
}
