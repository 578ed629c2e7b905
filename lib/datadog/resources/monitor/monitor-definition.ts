// SPDX-License-Identifier: Apache-2.0
import { Duration, Token } from 'aws-cdk-lib';
import { DatadogMonitorProps } from './datadog-monitor-props';
import { completeThresholds, thresholdFields } from './monitor-thresholds';
import { sortedData } from '../../../private/sorted-data';
import { checkText, checkTags } from '../check-fields';
import { mergeApiJson } from '../merge-api-json';
import { ApiJson } from '../resource-description';

/** A monitor as the API takes it. Throws on what Datadog would refuse, as far as that is certain. */
export function monitorDefinition(props: DatadogMonitorProps): ApiJson {
  const { name, type, query, message, tags, priority, restrictedRoles, additionalFields } = props;
  checkText('name', name);
  checkText('query', query);
  checkTags('tags', tags);
  if (priority !== undefined && !Token.isUnresolved(priority) && ![1, 2, 3, 4, 5].includes(priority)) {
    throw new Error(`'priority' must be a whole number from 1 to 5, got: ${priority}`);
  }
  const options = monitorOptions(props);
  return sortedData(mergeApiJson({
    name: { property: 'name', value: name },
    type: { property: 'type', value: type.type },
    query: { property: 'query', value: query },
    message: { property: 'message', value: message },
    tags: { property: 'tags', value: tags },
    priority: { property: 'priority', value: priority },
    restricted_roles: { property: 'restrictedRoles', value: restrictedRoles },
    options: { property: 'options', value: Object.keys(options).length === 0 ? undefined : options },
  }, 'additionalFields', additionalFields));
}

function monitorOptions(props: DatadogMonitorProps): ApiJson {
  const { type, query, thresholds } = props;
  if (thresholds && props.options?.thresholds) {
    throw new Error('\'options.thresholds\' must not be given beside \'thresholds\', since both say the same');
  }
  const merged = mergeApiJson({
    evaluation_delay: { property: 'evaluationDelay', value: amount('evaluationDelay', 'seconds', props.evaluationDelay) },
    new_group_delay: { property: 'newGroupDelay', value: amount('newGroupDelay', 'seconds', props.newGroupDelay) },
    on_missing_data: { property: 'onMissingData', value: props.onMissingData },
    renotify_interval: { property: 'renotifyInterval', value: amount('renotifyInterval', 'minutes', props.renotifyInterval) },
    escalation_message: { property: 'escalationMessage', value: props.escalationMessage },
    thresholds: { property: 'thresholds', value: thresholds && thresholdFields(thresholds) },
  }, 'options', props.options);
  checkCombinations(merged, props);
  return merged.thresholds
    ? { ...merged, thresholds: completeThresholds(type.type, query, merged.thresholds, thresholds ? 'thresholds' : 'options.thresholds') }
    : merged;
}

/** https://docs.datadoghq.com/monitors/guide/monitor_api_options/ */
function checkCombinations(options: ApiJson, { escalationMessage, onMissingData }: DatadogMonitorProps): void {
  if (options.on_missing_data && options.notify_no_data === true) {
    const property = onMissingData ? 'onMissingData' : 'options.on_missing_data';
    throw new Error(`'options.notify_no_data' must not be given beside '${property}', which stands in for it, got: both`);
  }
  if (escalationMessage !== undefined && !options.renotify_interval) {
    throw new Error('\'renotifyInterval\' must be given with \'escalationMessage\', which is for repeated notifications, got: none');
  }
}

function amount(property: string, unit: 'seconds' | 'minutes', value: Duration | undefined): number | undefined {
  if (value === undefined) {
    return undefined;
  }
  if (value.isUnresolved()) {
    // A template cannot convert between units.
    if (value.unitLabel() !== unit) {
      throw new Error(`'${property}' must be in ${unit} where it is a token, got: a token in ${value.unitLabel()}`);
    }
    return unit === 'seconds' ? value.toSeconds() : value.toMinutes();
  }
  const number = unit === 'seconds' ? value.toSeconds({ integral: false }) : value.toMinutes({ integral: false });
  if (!Number.isInteger(number)) {
    throw new Error(`'${property}' must be in whole ${unit}, got: ${value.toHumanString()}`);
  }
  return number;
}
