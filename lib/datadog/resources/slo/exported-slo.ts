// SPDX-License-Identifier: Apache-2.0
import { DatadogSli } from './datadog-sli';
import { DatadogSloProps, DatadogSloThreshold } from './datadog-slo-props';
import { DatadogExportProps } from '../datadog-export-props';
import { omitFields } from '../omit-fields';
import { tagsWithoutMarks } from '../ownership-marks';

/**
 * What Datadog sets itself, the tags of the monitors among it.
 *
 * @see https://docs.datadoghq.com/api/latest/service-level-objectives/#get-an-slos-details
 */
const SET_BY_DATADOG = ['configured_alert_ids', 'created_at', 'creator', 'id', 'modified_at', 'monitor_tags', 'overall_status', 'type_id'];

/** An exported objective as properties. */
export function exportedSloProps({ json, ...common }: DatadogExportProps): DatadogSloProps {
  const { name, description, tags, thresholds, type, query, monitor_ids: monitorIds, groups, sli_specification: sliSpecification, ...rest } = json;
  return {
    ...common,
    name,
    description: description ?? undefined,
    tags: tags ? tagsWithoutMarks(tags) : undefined,
    // How many digits are displayed follows from the numbers.
    thresholds: (thresholds ?? []).map((threshold: DatadogSloThreshold) => omitFields(threshold as {}, ['target_display', 'warning_display'])),
    sli: DatadogSli._ofFields(omitFields({ type, query, monitor_ids: monitorIds, groups, sli_specification: sliSpecification }, [])),
    additionalFields: omitFields(rest, SET_BY_DATADOG),
  };
}
